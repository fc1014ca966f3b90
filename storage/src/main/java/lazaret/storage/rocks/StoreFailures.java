package lazaret.storage.rocks;

import java.nio.file.Path;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.store.StoreException;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/// The conversion of failures of the store to exceptions with messages.
final class StoreFailures {
  private StoreFailures() {}

  /// Converts a failure of RocksDB.
  ///
  /// @param tried the attempted operation, for example `write to`
  static StoreException of(String tried, Path database, RocksDBException e) {
    String where = "cannot " + tried + " the store in '" + database + "': ";
    if (isDiskFull(e)) {
      return new StoreException(
          ErrorCode.DISK_FULL,
          where
              + "its file system has no free space; free disk space, the store then continues by itself",
          e);
    }
    if (isStalled(e)) {
      return new StoreException(
          ErrorCode.DISK_FULL,
          where
              + "its buffers do not reach the disk; free disk space, the store then continues by"
              + " itself",
          e);
    }
    if (isDamage(e)) {
      return new StoreException(
          ErrorCode.STORE_CORRUPT,
          where
              + e.getMessage()
              + "; stop the server, then run 'vetting-cli fsck --repair' with --data-dir",
          e);
    }
    return new StoreException(
        ErrorCode.STORE_FAILED,
        where + e.getMessage() + "; see the log of the operating system",
        e);
  }

  static boolean isDiskFull(RocksDBException e) {
    Status status = e.getStatus();
    return (status != null && status.getSubCode() == Status.SubCode.NoSpace)
        // An opening that fails reports it only in its message.
        || String.valueOf(e.getMessage()).contains("No space left on device");
  }

  /// Returns whether bytes of the database are damaged, or one of its files is missing.
  static boolean isDamage(RocksDBException e) {
    String message = String.valueOf(e.getMessage());
    return code(e) == Status.Code.Corruption
        || message.contains("Corruption:")
        || message.contains("No such file or directory");
  }

  /// Returns whether a write that may not wait failed because RocksDB stops or slows down writes.
  static boolean isStalled(RocksDBException e) {
    return code(e) == Status.Code.Incomplete;
  }

  /// Returns whether a read failed because it may not use the disk.
  static boolean isNotInMemory(RocksDBException e) {
    return code(e) == Status.Code.Incomplete;
  }

  /// Returns whether a read that may not use the disk failed at the blob alone. The blocks of
  /// tables that lead to it are in memory then. RocksDB has one code for both failures, and other
  /// texts.
  static boolean isBlobNotInMemory(RocksDBException e) {
    return isNotInMemory(e) && String.valueOf(e.getMessage()).contains("Cannot read blob");
  }

  /// Returns whether a database lacks the families that were to be opened.
  static boolean isForeign(RocksDBException e) {
    return code(e) == Status.Code.InvalidArgument
        && String.valueOf(e.getMessage()).contains("olumn famil");
  }

  private static Status.@Nullable Code code(RocksDBException e) {
    Status status = e.getStatus();
    return status == null ? null : status.getCode();
  }

  static StoreException closed() {
    return new StoreException(
        ErrorCode.STORE_FAILED, "cannot use the store: it is closed; open it again", null);
  }

  static StoreException reopened() {
    return new StoreException(
        ErrorCode.STORE_FAILED,
        "cannot continue reading: the store recovered from a failure meanwhile; read again from the"
            + " beginning",
        null);
  }

  static StoreException unusable(Path folder, String why, @Nullable Throwable cause) {
    return new StoreException(
        ErrorCode.STORE_UNUSABLE, "cannot open the store in '" + folder + "': " + why, cause);
  }
}
