package lazaret.git.cargo;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import lazaret.git.tree.GitTreeEntry;
import lazaret.git.tree.GitTreeFile;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.toml.TomlDocument;
import lazaret.vetting.toml.TomlNode;
import lazaret.vetting.toml.TomlOutcome;
import lazaret.vetting.toml.TomlScalar;
import org.jspecify.annotations.Nullable;

/// The packages of a tree, found as cargo finds them: by the manifests in all folders.
public final class GitPackageFinder {
  private static final String MANIFEST = "Cargo.toml";
  private static final int MAX_MANIFEST = 1 << 20;
  private static final int MAX_NODES = 100_000;
  private static final int MAX_MANIFESTS = 10_000;
  private static final long MAX_BYTES = 16L << 20;

  /// The maximum number of values of all manifests. All are in heap, with some 100 bytes a value.
  private static final int MAX_VALUES = 400_000;

  private final GitTreeFile tree;

  /// The manifests that are TOML, by folder. Others are data of tests.
  private final Map<String, TomlNode.Table> manifests = new LinkedHashMap<>();

  /// Reads the manifests of a tree.
  ///
  /// @throws MalformedException if there are too many, or they have too many values
  /// @throws IOException if the file of the tree cannot be read
  public GitPackageFinder(GitTreeFile tree) throws IOException {
    this.tree = tree;
    long bytes = 0;
    int values = 0;
    for (GitTreeEntry entry : tree.entries().values()) {
      String path = entry.path();
      if (!entry.isFile() || !(path.equals(MANIFEST) || path.endsWith("/" + MANIFEST))) {
        continue;
      }
      bytes += entry.length();
      if (manifests.size() == MAX_MANIFESTS || bytes > MAX_BYTES) {
        throw tooLarge();
      }
      TomlNode.Table manifest = entry.length() > MAX_MANIFEST ? null : read(entry);
      if (manifest != null) {
        values += values(manifest);
        manifests.put(folder(path), manifest);
      }
      if (values > MAX_VALUES) {
        throw tooLarge();
      }
    }
  }

  private static MalformedException tooLarge() {
    return new MalformedException(
        "cannot use the tree: expected at most %d manifests with %d bytes and %d values, found more"
            .formatted(MAX_MANIFESTS, MAX_BYTES, MAX_VALUES));
  }

  private static int values(TomlNode node) {
    return switch (node) {
      case TomlNode.Scalar _ -> 1;
      case TomlNode.Array array -> 1 + sum(array.elements());
      case TomlNode.Table table -> 1 + sum(table.entries().values());
    };
  }

  private static int sum(Collection<TomlNode> nodes) {
    return nodes.stream().mapToInt(GitPackageFinder::values).sum();
  }

  private TomlNode.@Nullable Table read(GitTreeEntry entry) throws IOException {
    Bytes content = tree.content(entry, MAX_MANIFEST);
    return switch (TomlDocument.read(content, MAX_NODES)) {
      case TomlOutcome.Document(TomlDocument document) -> document.root();
      case TomlOutcome.Malformed<TomlDocument> _ -> null;
    };
  }

  private static String folder(String path) {
    return path.equals(MANIFEST) ? "" : path.substring(0, path.length() - MANIFEST.length() - 1);
  }

  /// Finds a package of a lockfile.
  ///
  /// @throws MalformedException if the tree has no such package, or several
  public GitPackage find(CrateName name, CrateVersion version) {
    List<String> folders =
        manifests.entrySet().stream()
            .filter(each -> is(each.getKey(), each.getValue(), name, version))
            .map(Map.Entry::getKey)
            .toList();
    if (folders.size() != 1) {
      throw new MalformedException(
          "cannot find the package %s %s: expected one folder, found %s"
              .formatted(
                  name,
                  version.text(),
                  folders.isEmpty() ? "none" : Excerpt.of(folders.toString())));
    }
    return new GitPackage(name, version, folders.getFirst());
  }

  private boolean is(String folder, TomlNode.Table manifest, CrateName name, CrateVersion version) {
    TomlNode.Table own = WorkspaceInheritance.table(manifest, "package");
    if (!name.published().equals(text(own.entries().get("name")))) {
      return false;
    }
    TomlNode stated = own.entries().get("version");
    if (stated instanceof TomlNode.Table) {
      TomlNode.Table shared =
          WorkspaceInheritance.table(
              WorkspaceInheritance.table(root(folder, manifest), "workspace"), "package");
      stated = shared.entries().get("version");
    }
    // Without a version, cargo takes 0.0.0.
    String found = stated == null ? "0.0.0" : text(stated);
    return version.text().equals(found);
  }

  private static @Nullable String text(@Nullable TomlNode node) {
    return node instanceof TomlNode.Scalar(TomlScalar value, int _) ? value.text() : null;
  }

  /// Returns the manifest of the workspace of a package: the one that it names, or the nearest one
  /// above. Empty if there is none.
  private TomlNode.Table root(String folder, TomlNode.Table manifest) {
    String named = text(WorkspaceInheritance.table(manifest, "package").entries().get("workspace"));
    if (named != null) {
      String path = resolved(folder, named);
      TomlNode.Table root = path == null ? null : manifests.get(path);
      return root == null ? new TomlNode.Table(Map.of(), 0) : root;
    }
    for (String at = folder; ; at = at.contains("/") ? at.substring(0, at.lastIndexOf('/')) : "") {
      TomlNode.Table candidate = manifests.get(at);
      if (candidate != null && candidate.entries().get("workspace") instanceof TomlNode.Table) {
        return candidate;
      }
      if (at.isEmpty()) {
        return new TomlNode.Table(Map.of(), 0);
      }
    }
  }

  /// Resolves a relative path; null if it leads out of the tree.
  static @Nullable String resolved(String folder, String relative) {
    Deque<String> parts = new ArrayDeque<>();
    String joined = relative.startsWith("/") ? "/.." : folder + "/" + relative;
    for (String part : joined.split("/", -1)) {
      if (part.equals("..")) {
        if (parts.pollLast() == null) {
          return null;
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return String.join("/", parts);
  }

  /// Returns the files of a package by their path in it, in the order of the tree, with the
  /// manifest that a directory source needs. Symbolic links are the files to which they lead.
  ///
  /// @throws MalformedException if a link leads to no file of the tree, a submodule is in the
  ///   package, or the workspace lacks an inherited value
  /// @throws IOException if the file of the tree cannot be read
  public SequencedMap<String, PackageFile> files(GitPackage of) throws IOException {
    SequencedMap<String, PackageFile> files = new LinkedHashMap<>();
    for (GitTreeEntry entry : tree.entries().values()) {
      if (!entry.path().startsWith(of.prefix())) {
        continue;
      }
      String path = entry.path().substring(of.prefix().length());
      if (entry.path().equals(of.manifest())) {
        files.put(path, new PackageFile.Made(manifest(of)));
      } else {
        files.put(path, new PackageFile.Copied(tree, target(entry)));
      }
    }
    return files;
  }

  private Bytes manifest(GitPackage of) {
    TomlNode.Table own = manifests.getOrDefault(of.folder(), new TomlNode.Table(Map.of(), 0));
    TomlNode.Table resolved = new WorkspaceInheritance(root(of.folder(), own)).resolve(own);
    return Bytes.utf8(TomlTreeWriter.write(resolved));
  }

  /// Follows links within the tree.
  private GitTreeEntry target(GitTreeEntry entry) throws IOException {
    GitTreeEntry at = entry;
    for (int steps = 0; at.kind() == GitTreeEntry.Kind.LINK && steps < 10; steps++) {
      String relative = tree.content(at, 4_096).text();
      int slash = at.path().lastIndexOf('/');
      String path = resolved(slash < 0 ? "" : at.path().substring(0, slash), relative);
      GitTreeEntry next = path == null ? null : tree.entries().get(path);
      if (next == null) {
        throw new MalformedException(
            "cannot use the package: the link '%s' leads to no file of the tree"
                .formatted(entry.path()));
      }
      at = next;
    }
    if (!at.isFile()) {
      throw new MalformedException(
          "cannot use the package: '%s' is a submodule or a chain of links"
              .formatted(entry.path()));
    }
    return at;
  }
}
