/** What people are in a ceremony, as everybody names it. */
export const roles = {
  administrator: "administrator",
  operator: "operator",
  custodian: "custodian",
  witness: "witness",
  auditor: "auditor",
  worker: "worker",
} as const;
