package lazaret.bundle.site;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import lazaret.bundle.format.FeedChanges;
import lazaret.site.SiteFileCollection;
import lazaret.site.SiteFileRow;
import lazaret.site.SiteFileService;
import lazaret.site.store.SiteFile;
import lazaret.site.store.SiteFileUpload;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Batch;

/// The states of feeds that were exported, as the SHA-256 of the lines of their records: what the
/// next bundle of advisories is compared with. Each is a small file of the site.
///
/// @param files the files of the site
public record FeedStates(SiteFileService files) {
  private static final String FOLDER = "states/";
  private static final String FEED = "feed ";
  private static final String NEWEST = "newest";
  private static final int KEPT = 60;
  private static final int MOST_BYTES = 256 << 20;

  /// A state.
  ///
  /// @param lines the SHA-256 of lines, by the name of the feed
  public record State(Map<String, Set<Sha256>> lines) {
    /// Returns the lines of a feed, or empty if the state does not have it.
    public Optional<Set<Sha256>> of(String feed) {
      return Optional.ofNullable(lines.get(feed));
    }
  }

  private static String path(String name) {
    return FOLDER + name;
  }

  /// Returns the name of the state of a snapshot.
  public static String ofSnapshot(long sequence) {
    return "snapshot-%018d".formatted(sequence);
  }

  /// Stores a state under its name, and as the newest one. Old ones are removed.
  ///
  /// @throws IOException if it cannot be stored
  public void put(String name, List<Feed> feeds, Instant now) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Writer out = new OutputStreamWriter(bytes, StandardCharsets.US_ASCII)) {
      for (Feed feed : feeds) {
        out.write(FEED + feed.info().name() + '\n');
        for (Sha256 line : FeedChanges.records(feed).keySet()) {
          out.write(line.hex() + '\n');
        }
      }
    }
    SiteFile file;
    try (SiteFileUpload upload = files.files().begin(bytes.size())) {
      upload.write(bytes.toByteArray(), 0, bytes.size());
      file = upload.commit(null);
    }
    List<Batch.Write> writes = new ArrayList<>();
    writes.add(files.put(row(name, file, now)));
    writes.add(files.put(row(NEWEST, file, now)));
    String kind = name.substring(0, name.indexOf('-') + 1);
    List<SiteFileRow> old =
        files.list(SiteFileCollection.ADVISORIES, path(kind), Integer.MAX_VALUE);
    old.subList(0, Math.max(0, old.size() - KEPT)).forEach(row -> writes.add(files.drop(row)));
    var _ = files.store().commit(Batch.synced(writes));
  }

  private static SiteFileRow row(String name, SiteFile file, Instant now) {
    return new SiteFileRow(
        SiteFileCollection.ADVISORIES,
        path(name),
        file.sha256(),
        file.length(),
        "text/plain",
        now,
        "gate",
        SiteFileRow.BUILT,
        null);
  }

  /// Returns the newest state, or empty if none was stored.
  ///
  /// @throws IOException if it cannot be read
  public Optional<State> newest() throws IOException {
    return find(NEWEST);
  }

  /// Returns a state, or empty if it is not stored.
  ///
  /// @throws IOException if it cannot be read
  public Optional<State> find(String name) throws IOException {
    Optional<SiteFileRow> row = files.find(SiteFileCollection.ADVISORIES, path(name));
    Optional<SiteFile> file = row.isPresent() ? files.open(row.get()) : Optional.empty();
    if (file.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Set<Sha256>> lines = new TreeMap<>();
    Set<Sha256> feed = new HashSet<>();
    try (InputStream in = file.get().open(0)) {
      String text = new String(in.readNBytes(MOST_BYTES), StandardCharsets.US_ASCII);
      for (String line : text.lines().toList()) {
        if (line.startsWith(FEED)) {
          feed = new HashSet<>();
          lines.put(line.substring(FEED.length()), feed);
        } else {
          feed.add(Sha256.parse(line));
        }
      }
    }
    return Optional.of(new State(lines));
  }
}
