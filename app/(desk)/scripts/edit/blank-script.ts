/** The smallest script that can be performed: who is here, one look at the token, everybody's signature. */
export const blankScript = `# What people read aloud and sign. A change here is a change of what they say.
script: new-script
edition: 1
title: New script
purpose: >-
  Say in one sentence what this ceremony is for, and what people leave with.
environment: test
minutes: 15
expires: { minutes: 30 }
quorum: { approve: 2, of: 3 }
witnesses: { least: 2 }
prerequisites:
  - Every custodian has tested their passkey within the last 30 days.
equipment:
  - Five blank exception sheets

acts:
  - act: opening
    title: Opening
    steps:
      - step: policy
        kind: statement
        title: Opening
        minutes: 3
        say: >-
          We follow the script. Whoever sees something that is not as scripted says so at once, and it is written down.
        by: [operator, custodian, witness]
      - step: attendance
        kind: attendance
        title: Attendance and identity
        minutes: 5
        say: Each of us shows a government document to a witness.
        by: [witness]
      - step: health
        kind: operation
        title: Health of the HSM
        minutes: 2
        say: The worker asks the HSM who it is, what it can do, and what is on it.
        operations:
          - operation: token-health

  - act: closing
    title: Closing
    steps:
      - step: signatures
        kind: sign-off
        title: Signatures of all participants
        minutes: 5
        say: >-
          I was present throughout. The script was followed except where a deviation is noted. I saw no deception. To
          the best of my knowledge this record is true.
        by: [operator, custodian, witness]
`;
