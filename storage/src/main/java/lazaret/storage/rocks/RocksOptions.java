package lazaret.storage.rocks;

/// The memory, disk space and threads that a [RocksStore] may use.
///
/// @param cacheBytes block cache, with index and filter blocks except those of artifacts, at most
///   [#MAX_CACHE_BYTES]
/// @param writeBufferBytes bytes that are collected in memory before they are flushed to tables; at
///   least 1 MiB, and better more than the largest artifact
/// @param minFreeBytes free disk space in bytes below which new artifacts are refused
/// @param readThreads threads that wait for the disk on behalf of readers, 1 to 64
/// @param writeThreads threads that wait for the disk on behalf of writers, 1 to 64
/// @param maxOpenFiles table and blob files that are kept open, at least 64
public record RocksOptions(
    long cacheBytes,
    long writeBufferBytes,
    long minFreeBytes,
    int readThreads,
    int writeThreads,
    int maxOpenFiles) {
  /// The largest block cache: a larger one did not make any measured read faster.
  public static final long MAX_CACHE_BYTES = 256L << 20;

  /// The options of a gate on a small machine. They are 64 MiB each for cache and write buffers,
  /// 256 MiB of free disk space, and eight threads each for readers and writers.
  public static final RocksOptions DEFAULT =
      new RocksOptions(64L << 20, 64L << 20, 256L << 20, 8, 8, 512);

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public RocksOptions {
    check("cacheBytes", cacheBytes, 1 << 20, MAX_CACHE_BYTES);
    check("writeBufferBytes", writeBufferBytes, 1 << 20, 1L << 30);
    check("minFreeBytes", minFreeBytes, 0, Long.MAX_VALUE);
    check("readThreads", readThreads, 1, 64);
    check("writeThreads", writeThreads, 1, 64);
    check("maxOpenFiles", maxOpenFiles, 64, 1 << 20);
  }

  private static void check(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " is " + value + ", expected " + least + " to " + most);
    }
  }

  /// Returns these options with another limit on open files.
  public RocksOptions withMaxOpenFiles(int files) {
    return new RocksOptions(
        cacheBytes, writeBufferBytes, minFreeBytes, readThreads, writeThreads, files);
  }

  /// Returns these options with another cache size.
  public RocksOptions withCacheBytes(long bytes) {
    return new RocksOptions(
        bytes, writeBufferBytes, minFreeBytes, readThreads, writeThreads, maxOpenFiles);
  }

  /// Returns these options with other write buffers.
  public RocksOptions withWriteBufferBytes(long bytes) {
    return new RocksOptions(
        cacheBytes, bytes, minFreeBytes, readThreads, writeThreads, maxOpenFiles);
  }

  /// Returns these options with another minimum of free disk space.
  public RocksOptions withMinFreeBytes(long bytes) {
    return new RocksOptions(
        cacheBytes, writeBufferBytes, bytes, readThreads, writeThreads, maxOpenFiles);
  }
}
