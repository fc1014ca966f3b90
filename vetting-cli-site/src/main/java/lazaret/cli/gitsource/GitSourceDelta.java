package lazaret.cli.gitsource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import lazaret.cli.desk.CliException;
import lazaret.git.cargo.GitPackage;
import lazaret.git.cargo.GitPackageArchive;
import lazaret.git.cargo.GitPackageFinder;
import lazaret.git.tree.GitTreeEntry;
import lazaret.git.tree.GitTreeFile;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.archive.CrateArchive;
import lazaret.vetting.archive.InspectLimits;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.client.DeskClient;
import lazaret.vetting.deskapi.site.GitSourceInfo;
import lazaret.vetting.deskapi.site.GitSourcePackageInfo;
import lazaret.vetting.review.CrateDiff;
import lazaret.vetting.review.DiffLimits;
import lazaret.vetting.review.FileDiff;
import org.jspecify.annotations.Nullable;

/// The difference between two commits, from the trees that the gate has. Packages are compared as
/// cargo builds them.
///
/// @param files the number of files of the whole trees that differ
/// @param packages the packages of the later commit
record GitSourceDelta(int files, List<PackageDelta> packages) {
  static final String ATTEMPT = "cannot show the Git source";

  /// Copies the list.
  GitSourceDelta {
    packages = List.copyOf(packages);
  }

  /// The difference of a package.
  ///
  /// @param base the version of the earlier commit; null if it lacks the package
  /// @param lines the files, each with its lines in the unified form
  record PackageDelta(String name, String version, @Nullable String base, List<String> lines) {
    PackageDelta {
      lines = List.copyOf(lines);
    }
  }

  /// Compares two commits. Both trees are verified by their hashes.
  ///
  /// @param before the earlier commit
  static GitSourceDelta between(DeskClient desk, GitSourceInfo before, GitSourceInfo source) {
    try {
      Path folder = Files.createTempDirectory("lazaret-git");
      Path old = folder.resolve("old.tar");
      Path young = folder.resolve("new.tar");
      try {
        GitSourceCopy.download(desk, before, old);
        GitSourceCopy.download(desk, source, young);
        try (GitTreeFile from = GitSourceCopy.opened(before, old);
            GitTreeFile to = GitSourceCopy.opened(source, young)) {
          Side side = new Side(before, new GitPackageFinder(from));
          Path file = folder.resolve("package.crate");
          return new GitSourceDelta(differing(from, to), packages(side, source, to, file));
        }
      } finally {
        Files.deleteIfExists(old);
        Files.deleteIfExists(young);
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      throw new CliException(ErrorCode.STORE_FAILED, ATTEMPT + ": " + e.getMessage(), e);
    }
  }

  private static int differing(GitTreeFile from, GitTreeFile to) {
    TreeSet<String> paths = new TreeSet<>(from.entries().keySet());
    paths.addAll(to.entries().keySet());
    return (int)
        paths.stream()
            .filter(path -> !isSame(from.entries().get(path), to.entries().get(path)))
            .count();
  }

  private static boolean isSame(@Nullable GitTreeEntry one, @Nullable GitTreeEntry other) {
    return one != null
        && other != null
        && one.kind() == other.kind()
        && one.sha256().equals(other.sha256());
  }

  private record Side(GitSourceInfo source, GitPackageFinder finder) {
    /// Returns the package of a name; null if there is none.
    @Nullable GitSourcePackageInfo find(String name) {
      return source.packages().stream()
          .filter(each -> each.name().equals(name))
          .findFirst()
          .orElse(null);
    }
  }

  /// @param file a new file for one archive after the other
  private static List<PackageDelta> packages(
      Side before, GitSourceInfo source, GitTreeFile to, Path file) throws IOException {
    GitPackageFinder finder = new GitPackageFinder(to);
    List<PackageDelta> packages = new ArrayList<>();
    for (GitSourcePackageInfo each : source.packages()) {
      GitSourcePackageInfo was = before.find(each.name());
      CrateDiff diff =
          CrateDiff.between(
              was == null ? null : archive(before.finder(), was, file),
              archive(finder, each, file),
              InspectLimits.DEFAULT,
              DiffLimits.DEFAULT);
      packages.add(
          new PackageDelta(
              each.name(), each.version(), was == null ? null : was.version(), lines(diff)));
    }
    return packages;
  }

  private static CrateArchive archive(GitPackageFinder finder, GitSourcePackageInfo of, Path file)
      throws IOException {
    GitPackage found = finder.find(CrateName.parse(of.name()), CrateVersion.parse(of.version()));
    return new CrateArchive(
        found.name(), found.version(), GitPackageArchive.of(found, finder.files(found), file));
  }

  private static List<String> lines(CrateDiff diff) {
    List<String> lines = new ArrayList<>();
    for (FileDiff file : diff.files()) {
      lines.add(head(file));
      switch (file.form()) {
        case LINES -> file.text().lines().map(line -> "  " + line).forEach(lines::add);
        case SAME_BYTES -> {}
        case BINARY, LONG_LINES, TOO_LONG, OVER_LIMIT ->
            lines.add("  not shown: " + file.form().code());
      }
    }
    return lines;
  }

  private static String head(FileDiff file) {
    return switch (file.change()) {
      case ADDED -> "+ " + file.path();
      case REMOVED -> "- " + file.path();
      case CHANGED -> "~ " + file.path();
      case MOVED ->
          "~ %s, before %s".formatted(file.path(), Objects.requireNonNull(file.formerPath()));
    };
  }
}
