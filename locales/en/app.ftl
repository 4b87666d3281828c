## Sentences that no single use case owns.

not-allowed = This command is not for the role { $role }. Send /trogiup for the commands you can use.
