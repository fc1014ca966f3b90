package lazaret.storage.rocks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import lazaret.storage.PrivateFiles;
import lazaret.storage.files.UserFolders;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.StoreException;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/// The native library of RocksDB, which must be loaded before any class of RocksDB is used. RocksDB
/// itself unpacks 15 MB into the temporary folder at each start, which takes 70 ms and leaves the
/// file behind if the process is killed. Here it is unpacked once, into a private folder of the
/// user.
///
/// A planted library would run with all rights of this program. It is therefore unpacked only if
/// its SHA-256 is the one that was pinned when this version of RocksDB was adopted. It is loaded
/// again only from a folder and a file that belong to this user and are not writable by other
/// users. An attacker who can write there already has the rights of this user. The checksum at each
/// start detects a torn or corrupt file.
final class NativeLibrary {
  private static final System.Logger LOG = System.getLogger(NativeLibrary.class.getName());

  /// The pinned size and checksums of the library for one platform.
  record Pinned(long bytes, int crc32c, String sha256) {}

  /// The pinned libraries by their name within the jar of rocksdbjni 10.10.1.1; a test compares
  /// them. Others are left to RocksDB.
  static final Map<String, Pinned> PINNED =
      Map.of(
          "librocksdbjni-linux64.so",
          new Pinned(
              15_377_032,
              0x17e747e6,
              "980731bb963544daf1a3e21d250c26bf675443af2940716ec95ef5381db418c3"));

  /// Guarded by the class. A process can load a library only once.
  private static boolean loaded;

  private NativeLibrary() {}

  /// Loads the library unless it is loaded.
  ///
  /// @throws StoreException if the library in the jar is not the one that was pinned
  static synchronized void load() {
    if (!loaded) {
      Path home = Path.of(System.getProperty("user.home"));
      loadFrom(new UserFolders(System.getenv(), home).cache().orElseThrow());
      loaded = true;
    }
  }

  private static void loadFrom(Path cache) {
    String inJar = Environment.getJniLibraryFileName("rocksdb");
    Pinned pinned = PINNED.get(inJar);
    if (pinned != null) {
      try {
        Path folder = unpacked(cache, inJar, pinned);
        RocksDB.loadLibrary(List.of(folder.toString()));
        return;
      } catch (IOException | UnsatisfiedLinkError e) {
        // A home that is not writable, is shared, or does not permit execution.
        LOG.log(
            System.Logger.Level.INFO,
            "not using {0} for RocksDB''s native library: {1}",
            cache,
            e.getMessage());
      }
    }
    RocksDB.loadLibrary();
  }

  /// Returns the folder with the library, unpacking it if it is missing or invalid.
  ///
  /// @throws IOException if the folder cannot be used
  /// @throws StoreException if the library in the jar is not the one that was pinned
  static Path unpacked(Path cache, String inJar, Pinned pinned) throws IOException {
    Path folder = cache.resolve("rocksdb-" + pinned.sha256().substring(0, 16));
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      PrivateFiles.createFolders(folder);
    }
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("it is not a folder");
    }
    String why = PrivateFiles.whyNotPrivate(folder);
    if (why != null) {
      throw new IOException(why);
    }
    // RocksDB adds its suffix twice to the name that it searches in a given folder.
    Path library = folder.resolve(Environment.getJniLibraryFileName("rocksdbjni"));
    if (!isGood(library, pinned)) {
      unpack(inJar, pinned, library);
    }
    return folder;
  }

  private static boolean isGood(Path library, Pinned pinned) throws IOException {
    if (!Files.isRegularFile(library, LinkOption.NOFOLLOW_LINKS)
        || Files.size(library) != pinned.bytes()
        || !PrivateFiles.isOurs(library)) {
      return false;
    }
    Set<PosixFilePermission> rights = Files.getPosixFilePermissions(library);
    if (rights.contains(PosixFilePermission.GROUP_WRITE)
        || rights.contains(PosixFilePermission.OTHERS_WRITE)) {
      return false;
    }
    var crc = new CRC32C();
    byte[] chunk = new byte[64 << 10];
    try (InputStream in = Files.newInputStream(library)) {
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        crc.update(chunk, 0, read);
      }
    }
    return (int) crc.getValue() == pinned.crc32c();
  }

  private static void unpack(String inJar, Pinned pinned, Path library) throws IOException {
    byte[] bytes;
    try (InputStream in = RocksDB.class.getResourceAsStream("/" + inJar)) {
      if (in == null) {
        throw new IOException("the jar of RocksDB does not hold " + inJar);
      }
      bytes = in.readNBytes((int) pinned.bytes() + 1);
    }
    Sha256 found = Sha256.of(bytes, 0, bytes.length);
    if (!found.hex().equals(pinned.sha256())) {
      throw new StoreException(
          ErrorCode.STORE_FAILED,
          "cannot load RocksDB: %s in its jar has SHA-256 %s, expected %s; install Lazaret again"
              .formatted(inJar, found, pinned.sha256()),
          null);
    }
    PrivateFiles.replace(library, Bytes.of(bytes));
  }
}
