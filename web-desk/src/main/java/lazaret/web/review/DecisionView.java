package lazaret.web.review;

import java.util.List;
import java.util.Map;
import lazaret.web.diff.LineShare;
import org.jspecify.annotations.Nullable;

/// The decision form.
///
/// @param address the address to which it is sent
/// @param draft the address to which drafts are sent
/// @param cksum the SHA-256 of the artifact that the form is about, as 64 hex digits
/// @param last the time of the latest decision when the form was made; empty if there was none
/// @param against `deny`, or `revoke` for a version that is served
/// @param fields the fields
/// @param mistakes the mistakes by field
/// @param count the lines that the visitor read
/// @param missing what the policy requires of an approval and is not met; empty if all is met
/// @param limit the reason for which the lines count less than they seem to; empty if they count
/// @param base the base that is compared; null if the difference is the whole crate
/// @param frees the lockfiles that an approval lets pass
/// @param closed the lockfiles that still do not pass after it, as a clause; empty if none
/// @param second who approved, and that a second person must approve; empty if none is needed
public record DecisionView(
    String address,
    String draft,
    String cksum,
    String last,
    String against,
    DecisionFields fields,
    Map<String, String> mistakes,
    LineShare count,
    String missing,
    String limit,
    @Nullable String base,
    List<String> frees,
    String closed,
    String second) {
  public DecisionView {
    mistakes = Map.copyOf(mistakes);
    frees = List.copyOf(frees);
  }

  /// An entry of a list of choices.
  ///
  /// @param value the value of the field
  /// @param word the words
  /// @param selected whether it is chosen
  public record Choice(String value, String word, boolean selected) {}

  /// Returns the mistake in a field; null if there is none.
  public @Nullable String mistake(String field) {
    return mistakes.get(field);
  }

  /// Returns the value of `aria-invalid` of a field; null if it has no mistake.
  public @Nullable String invalid(String field) {
    return mistakes.containsKey(field) ? "true" : null;
  }

  /// Returns the words of the decision against the version.
  public String againstWord() {
    return against.equals("revoke") ? "Revoke" : "Deny";
  }

  /// Returns the words of the button for the decision against the version.
  public String againstButton() {
    return against.equals("revoke") ? "Record revocation" : "Record denial";
  }

  /// Returns whether the form approves.
  public boolean approves() {
    return fields.approves();
  }

  /// Returns the criteria to choose from. None is chosen in a new form: the person names them, as
  /// on a terminal.
  public List<Choice> criteria() {
    return choices(
        fields.criteria(),
        List.of(
            List.of("", "Choose"),
            List.of("safe-to-deploy", "safe-to-deploy"),
            List.of("safe-to-run", "safe-to-run"),
            List.of("none", "None: not exported")));
  }

  /// Returns the ends to choose from.
  public List<Choice> ends() {
    return choices(
        fields.ends(),
        List.of(
            List.of("never", "Never"),
            List.of("14", "In 14 days"),
            List.of("90", "In 90 days"),
            List.of("day", "On a day")));
  }

  /// Returns the bases to choose from.
  public List<Choice> bases() {
    return base == null
        ? choices(fields.base(), List.of(List.of("", "None: the whole crate")))
        : choices(
            fields.base(), List.of(List.of(base, base), List.of("", "None: the whole crate")));
  }

  /// Returns the meaning of the criteria, one sentence each.
  public String meanings() {
    return "safe-to-deploy: %s. safe-to-run: %s."
        .formatted(
            DecisionFields.MEANINGS.get("safe-to-deploy"),
            DecisionFields.MEANINGS.get("safe-to-run"));
  }

  private static List<Choice> choices(String chosen, List<List<String>> choices) {
    return choices.stream()
        .map(each -> new Choice(each.get(0), each.get(1), each.get(0).equals(chosen)))
        .toList();
  }
}
