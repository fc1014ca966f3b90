package lazaret.vetting.ledger;

import java.util.List;
import lazaret.vetting.roles.SignInMethod;
import org.jspecify.annotations.Nullable;

/// The context that is recorded with a decision or verdict. It shows later which facts were known
/// at that time.
///
/// @param token name of the token that decided; null if no token was involved
/// @param signIn way in which the person signed in; null in entries of older programs, and for
///   verdicts
/// @param reading lines that the person had read, for each role of content: `build-script 29/29`;
///   empty in entries of older programs
/// @param policy generation of the policy in force
/// @param inspector version of the inspector that had inspected the artifact; 0 if it was not
///   inspected
/// @param feeds advisory feeds, each as name, time and number of records
/// @param advisories ids and aliases of the advisories that were known to affect the version
public record DecisionContext(
    @Nullable String token,
    @Nullable SignInMethod signIn,
    List<String> reading,
    String policy,
    int inspector,
    List<String> feeds,
    List<String> advisories) {
  /// Creates the context of a verdict, or of a decision by a program without sign-in.
  public DecisionContext(
      @Nullable String token,
      String policy,
      int inspector,
      List<String> feeds,
      List<String> advisories) {
    this(token, null, List.of(), policy, inspector, feeds, advisories);
  }

  /// Copies the lists.
  public DecisionContext {
    reading = List.copyOf(reading);
    feeds = List.copyOf(feeds);
    advisories = List.copyOf(advisories);
  }

  /// Returns this context as that of a decision of a person.
  ///
  /// @param token name of the token; null if no token was involved
  /// @param signIn way in which the person signed in; null for programs of the gate
  /// @param reading lines that the person had read
  public DecisionContext decided(
      @Nullable String token, @Nullable SignInMethod signIn, List<String> reading) {
    return new DecisionContext(token, signIn, reading, policy, inspector, feeds, advisories);
  }

  /// Returns whether an advisory was known by any of its ids.
  public boolean knew(List<String> ids) {
    return ids.stream().anyMatch(advisories::contains);
  }
}
