package lazaret.bench;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import lazaret.testkit.Dependency;
import lazaret.testkit.IndexLineBuilder;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.feed.FeedOutcome;
import lazaret.vetting.advisory.feed.FeedReader;
import lazaret.vetting.advisory.feed.FeedSource;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.DownloadRecord;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.index.Freshness;
import lazaret.vetting.index.IndexFile;
import lazaret.vetting.index.IndexLimits;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.index.Validators;

/// A generator of a store with as many versions as the registry, equal in every run. Crates have a
/// few to a few hundred versions, with lines as long as real ones. The crates that advisories name
/// are among them. One version in ten was downloaded by a client.
final class RejudgeStore {
  private static final int BATCH_LINES = 20_000;
  private static final int SERVED_ONE_IN = 10;

  private final Random random = new Random(4);
  private final Instant now;
  private final List<CrateName> named;

  /// @param now current time
  /// @param feed feed whose crates are among those of the store
  RejudgeStore(Instant now, Bytes feed) {
    this.now = now;
    FeedSource source = new FeedSource("names", null, "shared data", now);
    if (!(FeedReader.read(source, feed) instanceof FeedOutcome.Read read)) {
      throw new IllegalStateException("the shared feed cannot be read");
    }
    this.named =
        read.feed().advisories().stream()
            .map(a -> a.crate())
            .filter(Objects::nonNull)
            .distinct()
            .toList();
  }

  /// Fills a store up to a number of versions.
  void fill(Store store, int versions) {
    List<Write> batch = new ArrayList<>();
    int lines = 0;
    int committed = 0;
    for (int i = 0; lines < versions; i++) {
      CrateName name = i < named.size() ? named.get(i) : CrateName.parse("crate-" + i);
      StoredCrate crate = crate(name, Math.min(size(), versions - lines));
      lines += crate.lines().size();
      batch.add(new Write.PutCrate(crate));
      batch.add(new Write.PutFreshness(name, new Freshness(Validators.NONE, now, now)));
      crate.lines().forEach(line -> served(line, batch));
      if (lines - committed >= BATCH_LINES || lines >= versions) {
        store.commit(Batch.relaxed(batch));
        batch.clear();
        committed = lines;
      }
    }
  }

  private void served(StoredLine line, List<Write> batch) {
    if (random.nextInt(SERVED_ONE_IN) == 0) {
      LocalDate day = LocalDate.of(2026, 11, 1 + random.nextInt(20));
      String address = "10.0.0." + random.nextInt(200);
      batch.add(
          new Write.AddDownload(new DownloadRecord(day, line.entry().id(), "ci", address, 1)));
    }
  }

  /// Returns the number of versions of a crate. The registry's mean is a dozen; a few crates have
  /// hundreds.
  private int size() {
    int small = 1 + random.nextInt(12);
    return random.nextInt(40) == 0 ? small * 25 : small;
  }

  private StoredCrate crate(CrateName name, int size) {
    StringBuilder text = new StringBuilder();
    Instant published = now.minus(Duration.ofDays(20L + random.nextInt(2_000)));
    for (int i = 0; i < size; i++) {
      byte[] digest = new byte[Sha256.LENGTH];
      random.nextBytes(digest);
      IndexLineBuilder line =
          IndexLineBuilder.line(name.published(), i / 50 + "." + i / 5 % 10 + "." + i % 5)
              .cksum(Sha256.fromDigest(digest))
              .pubtime(published.plus(Duration.ofHours(i)))
              .feature("default", "std")
              .feature("std");
      for (int dep = random.nextInt(9); dep > 0; dep--) {
        line.dep(Dependency.on("crate-" + random.nextInt(100_000), "^1." + dep));
      }
      text.append(line.build()).append('\n');
    }
    return new StoredCrate(
        name,
        IndexFile.parse(name, Bytes.utf8(text.toString()), IndexLimits.DEFAULT).entries().stream()
            .map(entry -> StoredLine.first(entry, now, null))
            .toList(),
        List.of());
  }
}
