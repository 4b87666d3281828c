## People, units, fields, holidays: what chat and command line answer (src/app).

# Enrolling (SPEC §3).
code-wrong = The code is wrong or has expired. Please ask the lead of your unit for a new one.
stranger = This bot serves registered officials only. If you have an invitation code, send: /start CODE
code-or-figures = To post figures, for example: { $example }. Commands: /trogiup
code-wrong-last = The code is wrong or has expired. Please ask the lead of your unit for a new one. After one more wrong code the bot will not answer /start for an hour.
codes-paused = { $count } wrong codes were sent within the last hour. Until there are fewer, the bot takes no codes from accounts that are not linked.
code-in-private = Please send the code in your private chat with the bot, not in a group.
code-of-other = This code is for { $name }; your account is linked to { $own }. Please pass it on, it is still good.
enrol-no-unit = There is no unit yet. On the server run: motcua unit add CODE "NAME OF THE UNIT", then send this code again.
enrolled = { $name }, you are linked to the bot.
    Unit: { $unit }
    Role: { $role }
    Fields: { $fields }
    Send /trogiup for the commands you may use.
first-admin-name = Administrator
another = new
fields-none = none

# Inviting.
invite-usage = Send: /moi ROLE NAME [fields], for example: /moi can bo Trần Văn Tú HT,CT. Roles: can bo (officer), dau moi (lead), lanh dao (leader), quan tri (administrator).
invite-no-field = There is no field "{ $word }". Field codes go behind the name, for example: /moi can bo Trần Văn Tú HT,CT
invite-lead-only = A lead invites officers and leads of the own unit; an administrator invites leaders and administrators.
invite-made = Code for { $name } ({ $role }; fields: { $fields }): { $code }
    Single use, until { $until }. The person sends to the bot: /start { $code }
invite-another-chat = { $name } is { $role } of the unit already; this code links one more chat: { $code }
    Single use, until { $until }. The person sends to the bot from the new account: /start { $code }
invite-link = Or open the link: { $link }
sent-privately = The answer was sent to your private chat.
bad-name = "{ $name }" is no name of a person. Write it in letters, for example: Trần Văn Tú

# Removing and handing over.
remove-usage = Send: /xoa NAME, for example: /xoa Trần Văn Tú
remove-self = You cannot end your own role; ask an administrator or another lead.
remove-lead-only = A lead ends roles of officers and leads only; an administrator ends those of leaders and administrators.
remove-ask = End the role ({ $role }) of { $name } at { $unit } from today ({ $day })? What was posted stays.
removed = The role of { $name } at { $unit } ends on { $day }. What was posted stays.
stocks-ended = Stock figures that ended: { $list }
fields-without-holder = Fields that nobody holds now: { $fields }
nobody-named = Nobody of the unit is called "{ $typed }".
several-named = Several people are called "{ $typed }": { $names }. Please write the full name.
hand-over-usage = Send: /bangiao FROM, TO, for example: /bangiao Lan, Minh
hand-over-who = It is not clear who the two in "{ $typed }" are. People of the unit: { $names }. For example: /bangiao Lan, Minh
hand-over-receiver = { $name } is { $role } and does not post, so cannot take anything over.
hand-over-nothing = { $name } holds no fields and no stock figures to hand over.
hand-over-dossiers = open dossiers: { $n }
hand-over-ask = Hand { $what } over from { $from } to { $to } from today ({ $day })? What was posted stays under the former holder.
hand-over-changed = Counts or dossiers have changed since you were asked; please look again:
handed-over = Handed over from { $from } to { $to } as of { $day }. Fields: { $fields }. What was posted stays under the former holder.
history-handover-of = hand-over ({ $name })
stocks-moved = Stock figures moved along: { $list }

# Units, groups, language.
no-such-unit = There is no unit with the code "{ $code }".
no-role-in-unit = You have no role at { $unit }.
unit-switched = From now on your commands are about { $unit } (role: { $role }).
units-head = Your current unit: { $unit }. Switch with /donvi and the code:
units-more = … and { $count } units; send /donvi and the code of the unit
group-only = Send /nhom in a group chat, for example: /nhom KTD
group-unbound = This group is not bound to a unit. A lead sends /nhom and the unit's code, for example: /nhom KTD
group-is = This group is bound to { $unit }.
group-no-leave = Only a lead of { $unit } or an administrator can bind a group to it.
group-bound = From now on the commands in this group are about { $unit }.
language-usage = Send /ngonngu vi (Vietnamese) or /ngonngu en (English).
language-set = The bot will answer you in English.

# Fields.
no-such-field = There is no field "{ $typed }".
fields-usage = Send: /linhvuc bat HT,CT (enable) or /linhvuc tat HT (disable)
fields-list = Fields of { $unit }:
    In use: { $used }
    Not enabled: { $others }
fields-enabled = Enabled: { $fields }
fields-disabled = Disabled: { $fields }
fields-still-held = Still in use because somebody holds them: { $fields }
field-no-name = The field { $code } needs a name.
field-bad-code = "{ $code }" cannot be the code of a field: 2 to 10 letters, no digits.
field-taken = "{ $word }" means something else in a post already (a figure, a day, a command or another field); please choose another code.
field-differs = There is a field { $code } ({ $name }) with other values already.

# Days off.
holidays-usage = Send: /ngaynghi 2027, /ngaynghi them 30/11 (add), /ngaynghi bo 30/11 (remove) or /ngaynghi lam 22/8 (worked)
holidays-list = Days off in { $year }: { $off }
    Worked weekend days: { $work }
holidays-none = none
holiday-added = { $day }: a day off.
holiday-worked = { $day }: a working day.
holiday-removed = { $day }: removed from the list.
holiday-not-there = { $day }: not on the list.

# Entering units and people.
unit-bad-code = "{ $code }" cannot be the code of a unit: 1 to 20 letters without marks, digits, "-", "_" or ".".
unit-no-name = The unit { $code } needs a name.
unit-bad-name = The name of the unit { $code } cannot be used: it has to be one line of at most 200 letters.
unit-differs = There is a unit { $code } ({ $name }) with other values already.
account-of-other = The { $channel } account { $id } is linked to { $name } already.
accounts-of-two = The two accounts of { $name } are linked to two different people.
official-differs = The unit { $unit } has { $name } with other values already.
