package lazaret.vetting.hosting.record;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The description of a package for people, as its manifest has it. All texts are foreign.
///
/// @param description null if the manifest has none, like the other texts
/// @param license the expression of SPDX
/// @param licenseFile the path of the license in the archive
/// @param repository the address of the sources
/// @param documentation the address of the documentation
/// @param homepage the address of the project
/// @param readme the path of the readme in the archive
/// @param keywords at most five
/// @param categories as the manifest has them
public record PublicationMetadata(
    @Nullable String description,
    @Nullable String license,
    @Nullable String licenseFile,
    @Nullable String repository,
    @Nullable String documentation,
    @Nullable String homepage,
    @Nullable String readme,
    List<String> keywords,
    List<String> categories) {
  /// The metadata of a manifest that says nothing.
  public static final PublicationMetadata NONE =
      new PublicationMetadata(null, null, null, null, null, null, null, List.of(), List.of());

  /// Copies the lists.
  public PublicationMetadata {
    keywords = List.copyOf(keywords);
    categories = List.copyOf(categories);
  }
}
