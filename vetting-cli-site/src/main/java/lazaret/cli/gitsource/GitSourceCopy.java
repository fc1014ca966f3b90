package lazaret.cli.gitsource;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import lazaret.cli.command.CliSession;
import lazaret.cli.desk.CliException;
import lazaret.cli.sandbox.GitSourceFolders;
import lazaret.git.cargo.DirectorySource;
import lazaret.git.cargo.GitPackage;
import lazaret.git.cargo.GitPackageFinder;
import lazaret.git.tree.GitTreeFile;
import lazaret.sandbox.folders.TemporaryFolder;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.deskapi.EmptyRequest;
import lazaret.vetting.deskapi.GitSourceOperations;
import lazaret.vetting.deskapi.client.DeskClient;
import lazaret.vetting.deskapi.site.GitSourceInfo;
import lazaret.vetting.deskapi.site.GitSourceStatus;
import lazaret.vetting.deskapi.site.GitSourceTreeReply;
import lazaret.vetting.deskapi.site.GitSourceTreeRequest;
import lazaret.vetting.lockfile.LockedPackage;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.lockfile.PackageSource;
import lazaret.vetting.text.KebabCase;

/// The approved Git dependencies of lockfiles, brought from the gate to folders by which cargo
/// builds without Git. Each tree is verified by its hash.
public final class GitSourceCopy implements GitSourceFolders {
  static final String ATTEMPT = "cannot bring the Git dependencies";

  /// Creates the copy.
  public GitSourceCopy() {}

  /// The Git dependencies of a lockfile.
  ///
  /// @param approved those that builds may use, with their packages
  /// @param missing a sentence about each other one
  record Wanted(Map<GitSourceInfo, List<LockedPackage>> approved, List<String> missing) {
    /// Finds the Git dependencies of a lockfile at the gate.
    static Wanted of(DeskClient desk, Lockfile lockfile) {
      Map<PackageSource.Git, List<LockedPackage>> named = new LinkedHashMap<>();
      for (LockedPackage each : lockfile.packages()) {
        if (each.source() instanceof PackageSource.Git git) {
          named.computeIfAbsent(git, _ -> new ArrayList<>()).add(each);
        }
      }
      List<GitSourceInfo> stored =
          desk.call(GitSourceOperations.GIT_SOURCES, new EmptyRequest(), ATTEMPT).sources();
      Wanted wanted = new Wanted(new LinkedHashMap<>(), new ArrayList<>());
      named.forEach((git, packages) -> wanted.add(stored, git, packages));
      return wanted;
    }

    private void add(
        List<GitSourceInfo> stored, PackageSource.Git git, List<LockedPackage> packages) {
      GitSourceInfo source =
          stored.stream()
              .filter(each -> each.url().equals(git.url()) && each.commit().equals(git.commit()))
              .findFirst()
              .orElse(null);
      if (source == null || !packages.stream().allMatch(each -> has(source, each))) {
        refuse(git, "was not fetched; run 'vetting-cli git-sources add'");
      } else if (source.state() != GitSourceStatus.APPROVED) {
        refuse(git, "is " + KebabCase.of(source.state()));
      } else {
        approved.put(source, packages);
      }
    }

    private void refuse(PackageSource.Git git, String why) {
      missing.add("%s at %s %s".formatted(git.url(), String.valueOf(git.commit()), why));
    }

    private static boolean has(GitSourceInfo source, LockedPackage wanted) {
      return source.packages().stream()
          .anyMatch(
              each ->
                  each.name().equals(wanted.name())
                      && each.version().equals(wanted.version().text()));
    }
  }

  @Override
  public void bring(CliSession session, Lockfile lockfile, Path folder, Path inside) {
    DeskClient desk = session.desk();
    Wanted wanted = Wanted.of(desk, lockfile);
    if (!wanted.missing().isEmpty()) {
      throw new CliException(
          ErrorCode.REFUSED_BY_POLICY, ATTEMPT + ": " + String.join("; ", wanted.missing()));
    }
    // A commit never changes. Another build may read the folder at this moment.
    if (!isThere(wanted, folder, inside)) {
      place(desk, wanted, folder, inside);
    }
  }

  /// Returns whether a folder has all sources.
  private static boolean isThere(Wanted wanted, Path folder, Path inside) {
    Path file = folder.resolve(CONFIGURATION);
    try {
      return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          && Files.readString(file).equals(configuration(wanted, inside));
    } catch (IOException e) {
      throw new CliException(ErrorCode.STORE_FAILED, ATTEMPT + ": " + e.getMessage(), e);
    }
  }

  /// Writes the sources into a new folder, which then gets its name in one step.
  private static void place(DeskClient desk, Wanted wanted, Path folder, Path inside) {
    try {
      Path parent = folder.resolveSibling("");
      Files.createDirectories(parent);
      try (TemporaryFolder made = TemporaryFolder.make(parent, "git", "rwx------")) {
        write(desk, wanted, made.path(), inside);
        move(made.path(), folder, () -> isThere(wanted, folder, inside));
      }
    } catch (IOException e) {
      // Another build may have placed the same sources.
      if (!isThere(wanted, folder, inside)) {
        throw new CliException(ErrorCode.STORE_FAILED, ATTEMPT + ": " + e.getMessage(), e);
      }
    }
  }

  /// Moves a folder to its place, unless another build placed the same sources there. That one is
  /// never removed, since a program may read it at this moment.
  private static void move(Path made, Path folder, BooleanSupplier placed) throws IOException {
    try {
      Files.move(made, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException _) {
      // A folder that has files cannot be replaced in one step.
      if (!placed.getAsBoolean()) {
        GitTreeFolder.remove(folder);
        Files.move(made, folder, StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }

  private static String name(GitSourceInfo source) {
    return "lazaret-git-" + source.key().hex().substring(0, 12);
  }

  /// Returns the configuration of cargo for all approved sources.
  ///
  /// @param inside the folder of the sources for cargo
  private static String configuration(Wanted wanted, Path inside) {
    StringBuilder text = new StringBuilder();
    for (GitSourceInfo source : wanted.approved().keySet()) {
      String name = name(source);
      text.append(DirectorySource.configuration(source.url(), name, inside.resolve(name)));
      text.append('\n');
    }
    return text.toString();
  }

  /// Writes the folders of all approved sources.
  ///
  /// @param root the folder, which is created
  /// @param inside its path for cargo
  static void write(DeskClient desk, Wanted wanted, Path root, Path inside) {
    try {
      if (Files.isSymbolicLink(root)) {
        throw new CliException(
            ErrorCode.MALFORMED_INPUT,
            ATTEMPT + ": expected a folder, found the link '" + root + "'; remove it");
      }
      Files.createDirectories(root);
      for (Map.Entry<GitSourceInfo, List<LockedPackage>> each : wanted.approved().entrySet()) {
        GitSourceInfo source = each.getKey();
        Path target = root.resolve(name(source));
        Path file = root.resolve(name(source) + ".tar");
        try {
          // The folder of an earlier run stays if the gate cannot be reached.
          download(desk, source, file);
          GitTreeFolder.replace(target);
          unpack(source, each.getValue(), file, target);
        } finally {
          Files.deleteIfExists(file);
        }
      }
      Path file = root.resolve(CONFIGURATION);
      Files.deleteIfExists(file);
      Files.writeString(file, configuration(wanted, inside), StandardOpenOption.CREATE_NEW);
    } catch (IOException e) {
      throw new CliException(ErrorCode.STORE_FAILED, ATTEMPT + ": " + e.getMessage(), e);
    }
  }

  /// Brings the file of the tree of a source, which is not verified yet. A link in its place, which
  /// a project may have, is removed and not followed.
  static void download(DeskClient desk, GitSourceInfo source, Path file) throws IOException {
    Files.deleteIfExists(file);
    try (OutputStream out =
        Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      long from = 0;
      while (from < source.bytes()) {
        GitSourceTreeReply reply =
            desk.call(
                GitSourceOperations.GIT_SOURCE_TREE,
                new GitSourceTreeRequest(source.key(), from),
                ATTEMPT);
        if (reply.part().length() == 0) {
          throw new IOException("the tree ends early");
        }
        reply.part().writeTo(out);
        from += reply.part().length();
      }
    }
  }

  /// Opens the file of a tree and verifies it.
  ///
  /// @throws CliException if it is another tree
  static GitTreeFile opened(GitSourceInfo source, Path file) throws IOException {
    GitTreeFile tree = GitTreeFile.open(file);
    if (!tree.hash().equals(source.treeHash())) {
      tree.close();
      throw new CliException(
          ErrorCode.CKSUM_MISMATCH,
          "cannot use the tree of %s: expected the hash %s, found %s"
              .formatted(source.commit(), source.treeHash(), tree.hash()));
    }
    return tree;
  }

  private static void unpack(
      GitSourceInfo source, List<LockedPackage> packages, Path file, Path target)
      throws IOException {
    try (GitTreeFile tree = opened(source, file)) {
      GitPackageFinder finder = new GitPackageFinder(tree);
      List<GitPackage> found = new ArrayList<>();
      for (LockedPackage each : packages) {
        found.add(finder.find(CrateName.parse(each.name()), each.version()));
      }
      DirectorySource.write(finder, found, target);
    }
  }
}
