/** How a shared stack gets a back end; by way of pgt, whose engine keeps its log-in apart from the user's own. */
export function backEndFixes(stack: string): readonly string[] {
  return [
    `Choose a back end that a team shares: export PULUMI_BACKEND_URL=gs://<bucket>, or ./pgt pulumi --stack ${stack} -- login gs://<bucket>`,
    `Or Pulumi Cloud: export PULUMI_ACCESS_TOKEN=…, or ./pgt pulumi --stack ${stack} -- login`,
  ];
}
