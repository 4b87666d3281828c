## Labels: names of figures as printed (SPEC §4), of roles and days.

language-name = English

figure-received-online = Online
figure-received-direct = At the desk
figure-received-postal = By post
figure-resolved-early = Early
figure-resolved-on-time = On time
figure-resolved-late = Late
figure-withdrawn = Withdrawn/returned
figure-awaiting-supplement = Awaiting supplement
figure-pending-late = Pending late
figure-received = Received
figure-resolved = Resolved
figure-pending = Pending

role-officer = officer
role-lead = lead
role-leader = leader
role-admin = administrator
