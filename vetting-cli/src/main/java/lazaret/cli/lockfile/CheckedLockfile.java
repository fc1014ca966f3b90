package lazaret.cli.lockfile;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import lazaret.cli.cargo.ManifestRequirements;
import lazaret.cli.cargo.ProjectFile;
import lazaret.cli.command.CliSession;
import lazaret.cli.desk.CliException;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.deskapi.LockfileOperations;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.deskapi.lockfiles.VerifyReply;
import lazaret.vetting.deskapi.lockfiles.VerifyRequest;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.repair.WorkspaceRequirement;
import org.jspecify.annotations.Nullable;

/// A lockfile with the reply of the gate about it.
///
/// @param file the lockfile as the user named it
/// @param text the text of the lockfile
/// @param packages the results of the packages
/// @param omitted the number of served packages that the reply left out
/// @param local the packages from local folders: `NAME VERSION`
/// @param feedWarnings the warnings of the gate about its feeds
public record CheckedLockfile(
    Path file,
    String text,
    List<PackageResult> packages,
    long omitted,
    List<String> local,
    List<ReasonInfo> feedWarnings) {
  /// The word for standard input, which reports name like a lockfile in the working folder.
  private static final Path INPUT = Path.of("-");

  private static final Path USUAL = Path.of("Cargo.lock");

  /// The extent of a check.
  ///
  /// @param criteria the criteria that an approval must state; empty for the rules of the policy
  /// @param omitServed whether served packages without a warning are left out
  record Extent(List<String> criteria, boolean omitServed) {}

  /// Copies the lists.
  public CheckedLockfile {
    packages = List.copyOf(packages);
    local = List.copyOf(local);
    feedWarnings = List.copyOf(feedWarnings);
  }

  /// Reads a lockfile and checks it at the gate.
  ///
  /// @throws CliException if it cannot be read, or if the gate cannot parse it
  public static CheckedLockfile check(CliSession session, Path file) {
    return check(session, LockfileText.read(session, file), new Extent(List.of(), false));
  }

  /// Reads a lockfile and checks it at the gate, without the packages that are served and have no
  /// warning.
  ///
  /// @throws CliException if it cannot be read, or if the gate cannot parse it
  public static CheckedLockfile withheld(CliSession session, Path file) {
    return check(session, LockfileText.read(session, file), new Extent(List.of(), true));
  }

  /// Checks the text of a lockfile at the gate.
  ///
  /// @param file the present or future path of the lockfile
  /// @param criteria the criteria that an approval must state; empty for the rules of the policy
  /// @throws CliException if the gate cannot parse it
  public static CheckedLockfile check(
      CliSession session, Path file, String text, List<String> criteria) {
    return check(session, new LockfileText(file, text), new Extent(criteria, false));
  }

  /// Checks a lockfile at the gate.
  ///
  /// @throws CliException if the gate cannot parse it
  static CheckedLockfile check(CliSession session, LockfileText lockfile, Extent extent) {
    Path file = lockfile.file();
    String text = lockfile.text();
    String requirements =
        ManifestRequirements.read(folder(session, file)).stream()
            .map(WorkspaceRequirement::line)
            .collect(Collectors.joining("\n"));
    VerifyReply reply =
        session
            .desk()
            .call(
                LockfileOperations.VERIFY,
                new VerifyRequest(
                    text,
                    extent.criteria(),
                    name(session, file),
                    List.of(),
                    requirements.isEmpty() ? null : requirements,
                    extent.omitServed()),
                "cannot verify " + shown(file));
    return of(file, text, reply);
  }

  /// Returns a lockfile with the reply of the gate.
  static CheckedLockfile of(Path file, String text, VerifyReply reply) {
    String name = shown(file).toString();
    return new CheckedLockfile(
        shown(file),
        text,
        reply.packages().stream().map(p -> PackageResult.of(name, p, reply.fixes())).toList(),
        reply.omitted(),
        reply.local(),
        reply.feedWarnings());
  }

  /// Returns the folder of the project that a lockfile belongs to.
  public static Path folder(CliSession session, Path file) {
    Path whole = session.around().path(shown(file)).toAbsolutePath().normalize();
    Path folder = whole.getParent();
    return folder == null ? whole : folder;
  }

  /// Returns the name under which the gate records a lockfile, or null for standard input. The name
  /// of its folder comes first, to distinguish projects.
  static @Nullable public String name(CliSession session, Path file) {
    if (file.equals(INPUT)) {
      return null;
    }
    Path whole = session.around().path(file).toAbsolutePath().normalize();
    int names = whole.getNameCount();
    return whole.subpath(Math.max(0, names - 2), names).toString();
  }

  /// Returns the name of a lockfile in reports.
  public static Path shown(Path file) {
    return file.equals(INPUT) ? USUAL : file;
  }

  /// Reads the text of a lockfile.
  ///
  /// @param named a path, or `-` for standard input
  /// @throws CliException if it cannot be read
  public static String text(CliSession session, Path named) {
    try {
      return named.equals(INPUT)
          ? session.terminal().read(Lockfile.MAX_BYTES)
          : read(session.around().path(named));
    } catch (NoSuchFileException e) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot read '%s': no such file; name a Cargo.lock, or create one with 'cargo generate-lockfile'"
              .formatted(named),
          e);
    } catch (IOException e) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT, "cannot read '" + named + "': " + e.getMessage(), e);
    }
  }

  private static String read(Path path) throws IOException {
    return Bytes.of(ProjectFile.read(path, Lockfile.MAX_BYTES)).text();
  }
}
