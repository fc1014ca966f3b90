package lazaret.bench.cluster;

/// Servers with a store of their own.
///
/// @param round the round of measurements, from 1
/// @param count the number of servers; 0 is one server on RocksDB
record ServerGroup(int round, int count) {
  /// Returns the name of their database, and of the prefix in the bucket.
  String name() {
    return "bench_%d_%d".formatted(round, count);
  }

  /// Returns the name of a server, and of its data folder.
  ///
  /// @param number its number, from 0
  String node(int number) {
    return "bench-%d-%d-%d".formatted(round, count, number);
  }
}
