package lazaret.cli.verbs;

import picocli.CommandLine.Command;

@Command(
    name = "deny",
    header = "Forbids versions: they are not served, in no mode.",
    description = {
      "",
      "A denial holds until the same version is approved. All versions named are denied, or none."
    },
    footer = {
      "Examples:",
      "  vetting-cli deny evil@0.3.1 --reason 'sends the environment home'",
      "  vetting-cli deny 'evil@*' --reason 'stolen account' --yes"
    },
    exitCodeList = {
      "0:recorded, or stood so before",
      "2:no reason, no version, or the question was answered with no",
      "3:no gate answers, or upstream cannot be asked",
      "4:the SHA-256 is not the index's; nothing was recorded",
      "5:no such version; nothing was recorded"
    })
final class DenyVerb extends DecisionVerb {
  DenyVerb(Session session) {
    super(session);
  }

  @Override
  String kind() {
    return "deny";
  }

  @Override
  String past() {
    return "denied";
  }
}
