## Sentences that no single use case owns.

not-allowed = This command is not for the role { $role }. Send /trogiup for the commands you can use.
no-role-here = This group belongs to another unit, in which you have no role.
did-you-mean = Did you mean /{ $command }?
not-understood = This message is not understood. Figures look like this: { $example }. Commands: /trogiup
choice-agree = Yes
choice-expired = This choice is no longer in force.
choice-gone = This button can no longer be used
parked = Your message could not be handled because of a fault (id { $fault }). It is kept, and the administrator has been told.
parked-for-admin = A message could not be handled (id { $fault }). Once mended, run: motcua retry { $id }
backup-failed = The daily backup failed: { $why }. Please check the server.
explain-usage = Send: /visao FIGURE [field] [period], e.g. /visao tiep nhan ht thang 11
not-in-this-version = This version does not have that command yet.
