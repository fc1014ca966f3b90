package lazaret.vetting.deskapi.crates;

import java.util.List;
import lazaret.vetting.roles.SignInMethod;
import org.jspecify.annotations.Nullable;

/// The data on which a decision or a verdict rested.
///
/// @param token the name of the token of the request; null if no token was used
/// @param signIn the way in which the person signed in; null if it is not recorded
/// @param reading the lines that the person had read, for each role of content: `build-script
///   29/29`
/// @param policy the generation of the policy
/// @param inspectorVersion the version of the inspector; 0 if the artifact was not inspected
/// @param feeds the feeds with their dates, one text each
/// @param advisories the advisories of the version that were known
public record ContextInfo(
    @Nullable String token,
    @Nullable SignInMethod signIn,
    List<String> reading,
    String policy,
    int inspectorVersion,
    List<String> feeds,
    List<String> advisories) {
  public ContextInfo {
    reading = List.copyOf(reading);
    feeds = List.copyOf(feeds);
    advisories = List.copyOf(advisories);
  }
}
