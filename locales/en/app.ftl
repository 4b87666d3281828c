## Sentences that no single use case owns.

# $role (String)
not-allowed = This command is not for the role { $role }. Send /trogiup for the commands you can use.
