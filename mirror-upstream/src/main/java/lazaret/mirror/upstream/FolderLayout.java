package lazaret.mirror.upstream;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lazaret.mirror.outbound.UpstreamException;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.index.RegistryConfig;
import org.jspecify.annotations.Nullable;

/// The locations of the index and the artifacts in a folder, for the forms that existing mirrors
/// write:
///
/// | mirror | index | artifacts |
/// |---|---|---|
/// | default | `index` | `crates/{crate}/{crate}-{version}.crate` |
/// | panamax | `crates.io-index` | `crates/{prefix}/{crate}/{version}/{crate}-{version}.crate` |
/// | panamax before 1.0 | `crates.io-index` | `crates/{crate}/{version}/{crate}-{version}.crate` |
/// | romt | `git/crates.io-index` | `crates/{lowerprefix}/{crate}/{crate}-{version}.crate` |
/// | romt | `git/crates.io-index` | `crates/{prefix}/{crate}/{crate}-{version}.crate` |
/// | cargo's local registry | `index` | `{crate}-{version}.crate` |
/// | static file servers | the folder itself | `crates/{crate}/{version}/download` |
///
/// @param root the folder
/// @param index the root of its index
/// @param templates paths below the folder, tried in this order, with the markers of `dl`
record FolderLayout(Path root, Path index, List<String> templates) {
  /// The layout of folders that this product writes.
  static final String DEFAULT_TEMPLATE = "crates/{crate}/{crate}-{version}.crate";

  private static final List<String> INDEXES =
      List.of("index", "crates.io-index", "git/crates.io-index");

  /// The templates, all of which are tried in this order instead of guessing one. A few file
  /// look-ups cost less than a wrong guess, and a mirror that changed its layout has both forms.
  private static final List<String> TEMPLATES =
      List.of(
          DEFAULT_TEMPLATE,
          "crates/{lowerprefix}/{crate}/{crate}-{version}.crate",
          "crates/{prefix}/{crate}/{crate}-{version}.crate",
          "crates/{prefix}/{crate}/{version}/{crate}-{version}.crate",
          "crates/{crate}/{version}/{crate}-{version}.crate",
          "{crate}-{version}.crate",
          "crates/{crate}/{version}/download");

  FolderLayout {
    templates = List.copyOf(templates);
  }

  /// Detects the layout of a folder.
  ///
  /// @param template the only template to use; null for all known ones
  /// @throws UpstreamException if the folder cannot be read, contains a bare git repository in
  ///   place of an index, or the template leads out of the folder
  static FolderLayout of(Path folder, @Nullable String template) {
    Path root;
    try {
      root = folder.toRealPath();
    } catch (IOException e) {
      throw new UpstreamException(
          "cannot open the folder '"
              + folder
              + "' as upstream: expected a folder that can be read or the address of a sparse index",
          e);
    }
    if (!Files.isDirectory(root)) {
      throw new UpstreamException(
          "cannot open '" + folder + "' as upstream: expected a folder, found a file");
    }
    Path index =
        INDEXES.stream().map(root::resolve).filter(Files::isDirectory).findFirst().orElse(root);
    requireFiles(index);
    return new FolderLayout(
        root, index, template == null ? TEMPLATES : List.of(checked(root, template)));
  }

  private static void requireFiles(Path index) {
    if (Files.isRegularFile(index.resolve("HEAD")) && Files.isDirectory(index.resolve("objects"))) {
      throw new UpstreamException(
          "cannot open '"
              + index
              + "' as upstream: it is a bare git repository; make its files with 'git clone' and"
              + " name the folder above the clone");
    }
  }

  private static String checked(Path root, String template) {
    try {
      var _ = new RegistryConfig(template, null, false);
    } catch (MalformedException e) {
      throw new UpstreamException("cannot use the folder template '" + template + "'", e);
    }
    Path path = root.resolve(template).normalize();
    if (template.startsWith("/") || !path.startsWith(root) || path.equals(root)) {
      throw new UpstreamException(
          "cannot use the folder template '"
              + template
              + "': expected a path below the folder, like "
              + DEFAULT_TEMPLATE);
    }
    return template;
  }

  /// Returns the possible locations of an artifact, in the order in which they are tried.
  List<Path> artifact(CrateId id) {
    return templates.stream()
        .map(template -> new RegistryConfig(template, null, false).downloadUrl(id))
        .map(root::resolve)
        .toList();
  }

  /// Returns whether the index is present. If a disk is not mounted, its mount point is an empty
  /// folder. That is reported as a failure, because the crates may exist.
  boolean isPresent() {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(index)) {
      return entries.iterator().hasNext();
    } catch (IOException _) {
      return false;
    }
  }
}
