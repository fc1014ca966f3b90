package lazaret.results;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import lazaret.bundle.tuf.SigningKey;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.feeds.IndicatorRescan;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.inspect.IndicatorSet;
import lazaret.vetting.inspect.Inspector;
import lazaret.vetting.inspect.Iocs;
import lazaret.vetting.linecheck.ManifestCheck;
import lazaret.vetting.origin.NameOrigin;

/// The feed of the results of this gate. It has lines with numbers from 1, whose content never
/// changes. Another key signs all of them again. Results that this gate has from others are not in
/// it: it signs what it inspected itself. Thread-safe, also on several nodes; blocks.
final class ResultPublisher {
  private static final int PAGE = 500;

  /// The results of one line.
  private static final int LINE_RESULTS = 128;

  /// The size of findings after which a line ends. With one more result, and base64 twice, it stays
  /// within a row of the store.
  private static final int LINE_BYTES = 40 << 10;

  /// The age after which a result is published again. It is half of the time for which gates use a
  /// result by default, so that a gate that begins to follow the feed finds none that is too old.
  static final Duration RENEWED_AFTER = Duration.ofDays(180);

  /// The largest number of results that one pass publishes again. A pass runs every few minutes.
  static final int MOST_RENEWED = 256;

  private final GateContext parts;
  private final ResultRows rows;
  private final SigningKey key;
  private final ResultFeedWriter feed;

  ResultPublisher(GateContext parts, ResultRows rows, SigningKey key) {
    this.parts = parts;
    this.rows = rows;
    this.key = key;
    this.feed = new ResultFeedWriter(parts.store(), rows, key);
  }

  /// Publishes all findings that are not published yet, and some of those that were published long
  /// ago. It does nothing while a search for new indicators is running: findings then do not belong
  /// to the same indicators.
  synchronized void pass() {
    feed.signAgain();
    publishRevocations();
    Iocs iocs = parts.rules().current().advisories().iocs();
    if (!isSearched(iocs)) {
      return;
    }
    Pass pass = new Pass(IndicatorSet.of(iocs).digest());
    String after = "";
    for (List<String> page = page(after); !page.isEmpty(); page = page(after)) {
      for (String name : page) {
        CrateName crate = CrateName.parse(name);
        // Who follows a feed of results need not know the private crates of this gate.
        if (parts.upstream().origin(crate) == NameOrigin.PUBLIC) {
          parts.store().crate(crate).ifPresent(pass::add);
        }
      }
      after = page.getLast();
      if (!isSearched(iocs)) {
        return;
      }
      pass.write();
    }
    pass.confirm();
  }

  /// Returns whether the findings of all artifacts are those for some indicators, which are in
  /// force.
  private boolean isSearched(Iocs iocs) {
    return parts.rules().current().advisories().iocs().equals(iocs)
        && parts
            .store()
            .meta(MetaKey.RESCAN_DONE)
            .map(Bytes::text)
            .filter(IndicatorRescan.digest(iocs)::equals)
            .isPresent();
  }

  private List<String> page(String after) {
    try (Stream<String> names = parts.store().names(after)) {
      return names.filter(name -> name.compareTo(after) > 0).limit(PAGE).toList();
    }
  }

  /// Signs the results of some versions for a bundle, outside of the feed. Versions without results
  /// that may travel are left out.
  ///
  /// @param crates the crates
  /// @param archives the archives whose results are signed
  /// @return the lines, or empty while a search for new indicators is running
  synchronized Optional<List<Bytes>> export(Stream<StoredCrate> crates, Set<Sha256> archives) {
    Iocs iocs = parts.rules().current().advisories().iocs();
    if (!isSearched(iocs)) {
      return Optional.empty();
    }
    Sha256 indicators = IndicatorSet.of(iocs).digest();
    List<Bytes> lines = new ArrayList<>();
    List<InspectionResult> open = new ArrayList<>();
    long bytes = 0;
    for (StoredCrate crate : (Iterable<StoredCrate>) crates::iterator) {
      for (StoredLine line : crate.lines()) {
        Optional<InspectionResult> result =
            archives.contains(line.entry().cksum()) ? result(line) : Optional.empty();
        if (result.isPresent()) {
          open.add(result.get());
          bytes += result.get().findings().length();
          if (open.size() == LINE_RESULTS || bytes > LINE_BYTES) {
            lines.add(sign(indicators, 0, 0, open));
            open.clear();
            bytes = 0;
          }
        }
      }
    }
    if (!open.isEmpty()) {
      lines.add(sign(indicators, 0, 0, open));
    }
    return Optional.of(lines);
  }

  /// Returns the result of a version that this gate inspected itself. An archive that is not stored
  /// any more is not searched for new indicators, so that it has none.
  private Optional<InspectionResult> result(StoredLine line) {
    Sha256 archive = line.entry().cksum();
    return parts
        .store()
        .findings(archive)
        .filter(InspectionResult::travels)
        .filter(_ -> !isOfOthers(archive) && !rows.isRevokedArchive(archive))
        .filter(_ -> parts.store().hasArtifact(archive))
        .map(
            findings ->
                InspectionResult.of(
                    line.entry().id(), ManifestCheck.digest(line.entry()), findings))
        .filter(result -> result.findings().length() <= InspectionResult.MAX_BYTES);
  }

  /// Returns whether the findings of an archive came from another gate. After a change of the
  /// inspector this gate inspected it again.
  private boolean isOfOthers(Sha256 archive) {
    return rows.used(archive)
        .filter(used -> used.source().inspector() == Inspector.VERSION)
        .isPresent();
  }

  private Bytes sign(
      Sha256 indicators, long sequence, long confirms, List<InspectionResult> results) {
    return ResultEnvelope.sign(
        new ResultBatch(
            ResultBatch.FORMAT, Inspector.VERSION, indicators, now(), sequence, confirms, results),
        key);
  }

  private Instant now() {
    return parts.clock().instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /// Publishes the revocations of this gate that are missing in its feed. They are noted when they
  /// come into force, since the key may be in a module that cannot be used just then.
  void publishRevocations() {
    grouped(rows::eachUnpublishedKey, (why, some) -> revoke(some, List.of(), why.reason()));
    grouped(rows::eachUnpublishedArchive, (why, some) -> revoke(List.of(), some, why.reason()));
  }

  /// Gives what was revoked at one time for one reason to an action, in parts of the size of a
  /// revocation.
  static void grouped(
      Consumer<BiConsumer<Sha256, ResultRows.Revocation>> all,
      BiConsumer<ResultRows.Revocation, List<Sha256>> action) {
    Map<ResultRows.Revocation, List<Sha256>> groups = new LinkedHashMap<>();
    all.accept((id, why) -> groups.computeIfAbsent(why, _ -> new ArrayList<>()).add(id));
    groups.forEach((why, ids) -> split(ids).forEach(some -> action.accept(why, some)));
  }

  /// Splits a list where a revocation reaches its limit.
  private static List<List<Sha256>> split(List<Sha256> all) {
    List<List<Sha256>> parts = new ArrayList<>();
    for (int from = 0; from < all.size(); from += ResultRevocation.MAX) {
      parts.add(all.subList(from, Math.min(all.size(), from + ResultRevocation.MAX)));
    }
    return parts;
  }

  private void revoke(List<Sha256> keys, List<Sha256> archives, String reason) {
    feed.append(
        head -> {
          ResultRevocation revocation =
              new ResultRevocation(
                  ResultRevocation.FORMAT, now(), head.sequence() + 1, keys, archives, reason);
          List<Write> writes = new ArrayList<>(rows.dropUnpublished(keys, archives));
          archives.forEach(archive -> writes.add(rows.dropPublished(archive)));
          return new ResultFeedWriter.Next(
              ResultEnvelope.sign(revocation, key), head.indicators(), writes);
        });
  }

  /// One pass through the store.
  private final class Pass {
    private final Sha256 indicators;
    private final List<InspectionResult> open = new ArrayList<>();
    private final List<Sha256> gone = new ArrayList<>();
    private final List<Sha256> unsearched = new ArrayList<>();

    /// True if the published results are confirmed for other indicators at the end.
    private final boolean confirming;

    private long bytes;
    private int renewed;

    Pass(Sha256 indicators) {
      this.indicators = indicators;
      this.confirming = !indicators.equals(rows.feedHead().indicators());
    }

    void add(StoredCrate crate) {
      for (StoredLine line : crate.lines()) {
        Sha256 archive = line.entry().cksum();
        Optional<InspectionResult> result = result(line);
        Optional<ResultRows.Published> published = rows.published(archive);
        if (result.isPresent()) {
          InspectionResult found = result.get();
          Sha256 findings = Sha256.of(found.findings());
          Optional<ResultRows.Published> same =
              published.filter(last -> last.findings().equals(findings));
          if (same.isEmpty() || isRenewed(same.get())) {
            add(found);
          }
        } else if (published.isPresent() && isOther(archive)) {
          gone.add(archive);
        } else if (published.isPresent() && confirming && !parts.store().hasArtifact(archive)) {
          unsearched.add(archive);
        }
      }
    }

    /// Returns whether this pass publishes a result again, with the present time.
    private boolean isRenewed(ResultRows.Published last) {
      Instant at = last.at();
      if (renewed == MOST_RENEWED || (at != null && !at.isBefore(now().minus(RENEWED_AFTER)))) {
        return false;
      }
      renewed++;
      return true;
    }

    private void add(InspectionResult result) {
      open.add(result);
      bytes += result.findings().length();
      if (open.size() == LINE_RESULTS || bytes > LINE_BYTES) {
        write();
      }
    }

    /// Returns whether the present findings contradict the published ones. Findings that are
    /// missing, or of an older inspector, do not.
    private boolean isOther(Sha256 archive) {
      return parts
          .store()
          .findings(archive)
          .filter(Findings::current)
          .filter(findings -> !InspectionResult.travels(findings))
          .isPresent();
    }

    /// Publishes what was collected.
    void write() {
      if (!open.isEmpty()) {
        publish(List.copyOf(open));
        open.clear();
        bytes = 0;
      }
      for (List<Sha256> some : split(gone)) {
        revoke(List.of(), some, "an inspection finds something else now");
      }
      gone.clear();
      for (List<Sha256> some : split(unsearched)) {
        revoke(
            List.of(),
            some,
            "the archive is not stored here any more and was not searched for new indicators");
      }
      unsearched.clear();
    }

    /// Publishes that all lines hold for the present indicators, if some are of others.
    void confirm() {
      write();
      ResultRows.FeedHead last = rows.feedHead();
      if (last.sequence() > 0 && !indicators.equals(last.indicators())) {
        feed.append(
            head ->
                new ResultFeedWriter.Next(
                    sign(indicators, head.sequence() + 1, head.sequence(), List.of()),
                    indicators,
                    List.of()));
      }
    }

    private Write published(InspectionResult result, Instant at) {
      return rows.putPublished(
          result.id().cksum(), new ResultRows.Published(Sha256.of(result.findings()), at));
    }

    private void publish(List<InspectionResult> results) {
      feed.append(
          head -> {
            boolean same = head.sequence() == 0 || indicators.equals(head.indicators());
            Instant at = now();
            return new ResultFeedWriter.Next(
                sign(indicators, head.sequence() + 1, 0, results),
                same ? indicators : null,
                results.stream().map(result -> published(result, at)).toList());
          });
    }
  }
}
