package lazaret.cli.lockfile;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.cli.report.JsonObject;

/// The state of versions after an order, according to the reply of the desk.
public final class DecidedVersions {
  private final Map<String, JsonObject> decisions;
  private final Map<String, JsonObject> withheld;

  /// Reads the reply to an order.
  public DecidedVersions(JsonObject answer) {
    decisions =
        by(
            Stream.concat(
                answer.objects("recorded").stream(), answer.objects("unchanged").stream()));
    withheld = by(answer.objects("withheld").stream());
  }

  private static Map<String, JsonObject> by(Stream<JsonObject> ids) {
    return ids.collect(
        Collectors.toMap(DecidedVersions::key, Function.identity(), (one, _) -> one));
  }

  private static String key(JsonObject id) {
    return id.words("name") + "@" + id.words("version");
  }

  /// Returns the state of a version: `served: exempted until 2027-02-25`, `withheld: denied`, or
  /// the reason why an approval does not make it available.
  ///
  /// @param otherwise the state if the reply does not name the version
  public String state(String name, String version, String otherwise) {
    String key = name + "@" + version;
    JsonObject refused = withheld.get(key);
    if (refused != null) {
      return "withheld: "
          + refused.object("verdict").objects("reasons").stream()
              .findFirst()
              .map(PackageResult::told)
              .orElse("");
    }
    JsonObject decision = decisions.get(key);
    return decision == null ? otherwise : state(decision);
  }

  private static String state(JsonObject decision) {
    String until =
        decision.text("expires").map(at -> " until " + PackageResult.date(at)).orElse("");
    return switch (decision.words("kind")) {
      case "approve" -> "served: approved" + until;
      case "exempt" -> "served: exempted" + until;
      case "deny" -> "withheld: denied";
      default -> "withheld: revoked";
    };
  }
}
