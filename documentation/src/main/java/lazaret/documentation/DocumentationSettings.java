package lazaret.documentation;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The settings of the documentation of a gate.
///
/// @param build what is built without an order: [#PRIVATE], [#APPROVED] or patterns of crates;
///   empty for nothing
/// @param perDay the maximum number of versions that are built on one day without an order
/// @param publicUrl the scheme, host and port under which pages are read; null for those of the
///   gate
/// @param sandbox the socket of the sandbox service; null if nothing can be built
public record DocumentationSettings(
    List<String> build, int perDay, @Nullable URI publicUrl, @Nullable Path sandbox) {
  /// The word for the crates of the private registry.
  public static final String PRIVATE = "private";

  /// The word for versions that a person approved.
  public static final String APPROVED = "approved";

  /// The settings of a gate that has none.
  public static final DocumentationSettings OFF =
      new DocumentationSettings(List.of(), 0, null, null);

  /// Copies the list.
  public DocumentationSettings {
    build = List.copyOf(build);
  }
}
