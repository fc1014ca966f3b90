package lazaret.storage.backup;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.storage.files.PrivateFiles;
import lazaret.storage.record.StoredArtifact;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.StoreException;
import org.jspecify.annotations.Nullable;

/// A folder with several backups of one store, of which each adds what changed. Artifacts are in
/// `objects/ab/SHA-256`, records in `parts/ab/SHA-256`, and one manifest in `states` for each
/// backup. A file is complete when it has its name, and never changes.
public final class BackupArchive {
  private static final String ENDING = ".archive";
  static final String MARKER = "lazaret-archive";
  private static final String OBJECTS = "objects";
  private static final String PARTS = "parts";
  static final String STATES = "states";
  static final String MANIFEST = ".manifest";
  private static final String DAMAGED = ".damaged";

  private BackupArchive() {}

  /// A state of an archive.
  ///
  /// @param file its manifest, which a restore takes in place of a folder
  /// @param created the start of the backup
  /// @param bytes the size of its records, without artifacts
  /// @param ledgerSequence the sequence of its last ledger entry; 0 if there is none
  public record State(Path file, Instant created, long bytes, long ledgerSequence) {}

  /// The result of [#prune].
  ///
  /// @param states the number of removed states
  /// @param files the number of removed files of records and artifacts
  /// @param bytes their size
  public record Removed(int states, long files, long bytes) {}

  /// Returns whether a folder is an archive.
  static boolean is(Path folder) {
    return Files.isRegularFile(folder.resolve(MARKER));
  }

  /// Returns whether a new or empty folder becomes an archive by the first backup into it: if its
  /// name ends with `.archive`.
  public static boolean isNamed(Path folder) {
    return folder.toString().endsWith(ENDING);
  }

  /// Returns the archive to which a manifest belongs; empty if it is none of an archive.
  static Optional<Path> of(Path manifest) {
    Path states = manifest.toAbsolutePath().getParent();
    Path archive = states == null ? null : states.getParent();
    return Optional.ofNullable(archive)
        .filter(BackupArchive::is)
        .filter(_ -> manifest.toString().endsWith(MANIFEST));
  }

  /// Lists the states of an archive, oldest first.
  ///
  /// @throws StoreException with code `store-corrupt` if a manifest is damaged, `store-failed` if
  ///   the folder is not an archive or cannot be read
  public static List<State> states(Path archive) {
    try {
      List<State> states = new ArrayList<>();
      for (Path file : manifests(archive)) {
        BackupManifest manifest = read(file);
        long bytes = manifest.parts().stream().mapToLong(BackupManifest.Part::bytes).sum();
        states.add(new State(file, manifest.created(), bytes, manifest.ledgerSequence()));
      }
      return List.copyOf(states);
    } catch (IOException e) {
      throw failed("read", archive, PrivateFiles.describe(e), e);
    } catch (MalformedException e) {
      throw damaged(archive, e);
    }
  }

  /// Returns the manifests of an archive, oldest first.
  static List<Path> manifests(Path archive) throws IOException {
    requireArchive(archive);
    Path states = archive.resolve(STATES);
    if (!Files.isDirectory(states)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(states)) {
      return files
          .filter(file -> file.toString().endsWith(MANIFEST))
          .sorted(Comparator.comparing(BackupArchive::moment))
          .toList();
    }
  }

  private static void requireArchive(Path archive) {
    if (!is(archive)) {
      throw failed("read", archive, "it has no file '" + MARKER + "'; name an archive", null);
    }
  }

  private static Instant moment(Path manifest) {
    String name = name(manifest);
    try {
      return Instant.parse(name.substring(0, name.length() - MANIFEST.length()));
    } catch (DateTimeException e) {
      throw new MalformedException("'" + manifest + "' is not named by a time", e);
    }
  }

  /// Reads a manifest.
  ///
  /// @throws MalformedException if it is damaged
  static BackupManifest read(Path manifest) throws IOException {
    return BackupManifest.read(BackupManifest.Form.ARCHIVE, manifest);
  }

  /// Returns the file of a part.
  static Path part(Path archive, Sha256 sha256) {
    return placed(archive.resolve(PARTS), sha256);
  }

  /// Returns the file of an artifact.
  static Path object(Path archive, Sha256 cksum) {
    return placed(archive.resolve(OBJECTS), cksum);
  }

  private static Path placed(Path folder, Sha256 sha256) {
    return folder.resolve(sha256.hex().substring(0, 2)).resolve(sha256.hex());
  }

  /// Removes all but the newest states of an archive, and the files that the others do not need.
  ///
  /// @param kept the number of states that stay, at least 1
  /// @throws StoreException with code `store-corrupt` if a state that stays is damaged, or a file
  ///   of its records is; nothing is removed then. The code is `store-failed` if the folder is not
  ///   an archive, or a backup runs
  public static Removed prune(Path archive, int kept) {
    requireArchive(archive);
    try (LockedArchive locked = LockedArchive.lock(archive)) {
      List<Path> all = manifests(archive);
      int removed = Math.max(0, all.size() - kept);
      // Whatever else can fail is done before the first file is removed.
      Set<BackupManifest.Part> needed = new HashSet<>();
      for (Path manifest : all.subList(removed, all.size())) {
        boolean _ = needed.addAll(read(manifest).parts());
      }
      DigestSet objects = objects(archive, needed);
      Set<Sha256> parts =
          needed.stream().map(BackupManifest.Part::sha256).collect(Collectors.toUnmodifiableSet());
      for (Path manifest : all.subList(0, removed)) {
        Files.delete(manifest);
      }
      PrivateFiles.syncFolder(locked.folder());
      var sweep = new Sweep();
      sweep.run(archive.resolve(PARTS), parts::contains);
      sweep.run(archive.resolve(OBJECTS), objects::contains);
      return new Removed(removed, sweep.files, sweep.bytes);
    } catch (IOException e) {
      throw failed("prune", archive, PrivateFiles.describe(e), e);
    } catch (MalformedException e) {
      throw damaged(archive, e);
    }
  }

  /// Renames the files of an archive whose bytes do not have the SHA-256 of their name, so that the
  /// next backup writes them again. It does that with what the store still has. Reads all files.
  ///
  /// @param backup an archive, or the manifest of a state of one. Other backups have no such files
  /// @return the number of files; [#prune] removes them
  /// @throws StoreException with code `store-failed` if one cannot be read or renamed, or a backup
  ///   runs
  public static int setDamagedAside(Path backup) {
    Path archive = of(backup).orElse(backup);
    if (!is(archive)) {
      return 0;
    }
    try (LockedArchive locked = LockedArchive.lock(archive)) {
      int damaged = 0;
      for (String kind : List.of(PARTS, OBJECTS)) {
        for (Path file : placed(locked.folder().resolve(kind))) {
          if (!Sha256.of(Bytes.of(Files.readAllBytes(file))).hex().equals(name(file))) {
            Files.move(
                file,
                file.resolveSibling(name(file) + DAMAGED),
                StandardCopyOption.REPLACE_EXISTING);
            damaged++;
          }
        }
      }
      return damaged;
    } catch (IOException e) {
      throw failed("repair", archive, PrivateFiles.describe(e), e);
    }
  }

  /// Returns the files of artifacts or records that are complete.
  private static List<Path> placed(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder, 2)) {
      return all.filter(Files::isRegularFile).filter(file -> Sha256.isValid(name(file))).toList();
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  /// Returns the artifacts that some parts name. A part that is damaged may name others.
  ///
  /// @throws MalformedException if a part does not have its length or its SHA-256
  private static DigestSet objects(Path archive, Set<BackupManifest.Part> parts)
      throws IOException {
    DigestSet.Builder found = new DigestSet.Builder();
    for (BackupManifest.Part part : parts) {
      byte[] bytes = bytes(part(archive, part.sha256()), part);
      var in = new DataInputStream(new ByteArrayInputStream(bytes));
      long left = bytes.length;
      while (left > 0) {
        BackupFrame frame = BackupFrame.read(in, left);
        if (frame.kind() != BackupFrameKind.ARTIFACT) {
          break;
        }
        found.add(StoredArtifact.decode(frame.key()).id().cksum());
        left -= frame.length();
      }
    }
    return found.build();
  }

  private static byte[] bytes(Path file, BackupManifest.Part part) throws IOException {
    if (!LockedArchive.has(file, part.bytes())) {
      throw new MalformedException("'" + part.name() + "' is missing or not as long as it was");
    }
    byte[] bytes = Files.readAllBytes(file);
    if (!Sha256.of(Bytes.of(bytes)).equals(part.sha256())) {
      throw new MalformedException("'" + part.name() + "' does not have its SHA-256");
    }
    return bytes;
  }

  /// The removal of files that are not named any more, those of interrupted writes included.
  private static final class Sweep {
    private long files;
    private long bytes;

    private interface Needed {
      boolean contains(Sha256 sha256);
    }

    void run(Path folder, Needed needed) throws IOException {
      if (!Files.isDirectory(folder)) {
        return;
      }
      List<Path> unneeded;
      try (Stream<Path> all = Files.walk(folder, 2)) {
        unneeded =
            all.filter(Files::isRegularFile).filter(file -> !isNeeded(file, needed)).toList();
      }
      for (Path file : unneeded) {
        bytes += Files.size(file);
        files++;
        Files.delete(file);
      }
    }

    private static boolean isNeeded(Path file, Needed needed) {
      String name = name(file);
      return Sha256.isValid(name) && needed.contains(Sha256.parse(name));
    }
  }

  static StoreException failed(
      String tried, Path archive, String why, @Nullable IOException cause) {
    return new StoreException(
        ErrorCode.STORE_FAILED,
        "cannot %s the archive '%s': %s".formatted(tried, archive, why),
        cause);
  }

  private static StoreException damaged(Path archive, MalformedException e) {
    return new StoreException(
        ErrorCode.STORE_CORRUPT,
        "cannot read the archive '%s': %s; run 'vetting-cli backup verify' on each state"
            .formatted(archive, e.getMessage()),
        e);
  }
}
