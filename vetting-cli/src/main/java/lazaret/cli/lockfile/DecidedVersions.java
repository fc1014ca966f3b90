package lazaret.cli.lockfile;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import lazaret.cli.report.VerdictText;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import lazaret.vetting.deskapi.crates.VerdictInfo;
import lazaret.vetting.deskapi.decisions.DecideReply;

/// The state of versions after an order, according to the reply of the desk.
public final class DecidedVersions {
  private final Map<String, DecisionInfo> decisions = new HashMap<>();
  private final Map<String, VerdictInfo> withheld = new HashMap<>();

  /// Reads the reply to an order.
  public DecidedVersions(DecideReply reply) {
    Stream.concat(reply.recorded().stream(), reply.unchanged().stream())
        .forEach(each -> decisions.putIfAbsent(key(each.name(), each.version()), each));
    reply
        .withheld()
        .forEach(each -> withheld.putIfAbsent(key(each.name(), each.version()), each.verdict()));
  }

  private static String key(CrateName name, CrateVersion version) {
    return name + "@" + version;
  }

  /// Returns the state of a version: `served: exempted until 2027-02-25`, `withheld: denied`, or
  /// the reason why an approval does not make it available.
  ///
  /// @param otherwise the state if the reply does not name the version
  public String state(CrateName name, CrateVersion version, String otherwise) {
    String key = key(name, version);
    VerdictInfo refused = withheld.get(key);
    if (refused != null) {
      return "withheld: "
          + refused.reasons().stream().findFirst().map(VerdictText::reason).orElse("");
    }
    DecisionInfo decision = decisions.get(key);
    return decision == null ? otherwise : state(decision);
  }

  private static String state(DecisionInfo decision) {
    Instant end = decision.expires();
    String until = end == null ? "" : " until " + PackageResult.date(end.toString());
    return switch (decision.kind()) {
      case APPROVE -> "served: approved" + until;
      case EXEMPT -> "served: exempted" + until;
      case DENY -> "withheld: denied";
      case REVOKE -> "withheld: revoked";
    };
  }
}
