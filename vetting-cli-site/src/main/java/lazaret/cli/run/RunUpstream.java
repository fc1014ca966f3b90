package lazaret.cli.run;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The source of crates of the command `run`, and what requests to it need.
///
/// @param place the index of a registry or mirror, or the absolute path of a folder; null for the
///   public registry
/// @param ca the absolute path of a PEM file with additional authorities; null if there is none
/// @param tokenFile the absolute path of a file with the token; null if the source needs none
record RunUpstream(@Nullable String place, @Nullable Path ca, @Nullable Path tokenFile) {
  /// The public registry.
  static final RunUpstream PUBLIC = new RunUpstream(null, null, null);

  /// Returns a source that needs neither authorities nor a token.
  static RunUpstream at(String place) {
    return new RunUpstream(place, null, null);
  }
}
