package lazaret.storage.postgres;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import lazaret.storage.postgres.connection.PostgresConnections;
import lazaret.storage.record.StoredArtifact;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.crates.Sha256;

/// The artifacts that one batch stores and drops. They are uploaded before its transaction.
final class ArtifactWrites {
  private final SortedMap<Sha256, VerifiedCrate> puts = new TreeMap<>();
  private final SortedSet<Sha256> drops = new TreeSet<>();

  void put(VerifiedCrate crate) {
    puts.put(crate.id().cksum(), crate);
  }

  /// Drops an artifact. If the batch puts it again later, its bytes are uploaded again.
  void drop(Sha256 cksum) {
    puts.remove(cksum);
    drops.add(cksum);
  }

  boolean isEmpty() {
    return puts.isEmpty() && drops.isEmpty();
  }

  /// Uploads the artifacts that are not stored.
  ArtifactUploads upload(PostgresConnections connections, ArtifactObjects objects) {
    if (puts.isEmpty()) {
      return new ArtifactUploads(List.of(), List.of(), List.copyOf(drops));
    }
    Set<Sha256> stored = new HashSet<>(stored(connections));
    stored.removeAll(drops);
    List<VerifiedCrate> missing =
        puts.values().stream().filter(crate -> !stored.contains(crate.id().cksum())).toList();
    Map<Sha256, Long> generations = missing.isEmpty() ? Map.of() : objects.upload(missing);
    List<ArtifactUploads.Upload> uploads = new ArrayList<>();
    for (VerifiedCrate crate : missing) {
      Sha256 cksum = crate.id().cksum();
      Long generation = generations.get(cksum);
      if (generation == null) {
        throw new IllegalStateException("an artifact was not uploaded");
      }
      uploads.add(
          new ArtifactUploads.Upload(
              cksum, generation, new StoredArtifact(crate.id(), crate.bytes().length())));
    }
    return new ArtifactUploads(uploads, stored.stream().sorted().toList(), List.copyOf(drops));
  }

  private List<Sha256> stored(PostgresConnections connections) {
    return connections.read(
        connection ->
            connection.list(
                "SELECT sha256 FROM lazaret.artifact WHERE sha256 = ANY(?)",
                row -> Sha256.fromDigest(row.getBytes(1)),
                RowTable.digests(connection, puts.keySet())));
  }
}
