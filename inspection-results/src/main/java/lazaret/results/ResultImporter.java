package lazaret.results;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import lazaret.bundle.tuf.TufKey;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.inspect.Inspector;

/// The import of signed lines, from a feed or from a file. Each line is one batch: its results and
/// the position in the feed are stored together. Thread-safe; blocks.
final class ResultImporter {
  private static final System.Logger LOG = System.getLogger(ResultImporter.class.getName());

  private final GateContext parts;
  private final ResultRows rows;
  private final ResultTrust trust;

  ResultImporter(GateContext parts, ResultRows rows, ResultTrust trust) {
    this.parts = parts;
    this.rows = rows;
    this.trust = trust;
  }

  /// Imports lines that belong to no feed. All of them are checked before one is kept.
  ///
  /// @param source the name of the file or bundle
  /// @param signers the keys that may sign; a revocation among the lines may end the trust in them
  /// @throws MalformedException for the first line that cannot be used
  synchronized ResultImportReport take(String source, List<Bytes> lines, List<TufKey> signers) {
    check(source, lines, signers);
    ResultImportReport sum = ResultImportReport.NONE;
    for (Bytes line : lines) {
      Line place = new Line(source, ResultEnvelope.content(line));
      sum = sum.plus(keep(place, ResultEnvelope.read(line, signers)));
    }
    return sum;
  }

  /// Imports the revocations among lines of a bundle. Other lines are left out, and those of other
  /// keys: results by such a key were refused as well.
  ///
  /// @param source the name of the bundle
  /// @param signers the keys that may sign
  synchronized ResultImportReport takeRevocations(
      String source, List<Bytes> lines, List<TufKey> signers) {
    ResultImportReport sum = ResultImportReport.NONE;
    for (Bytes line : lines) {
      try {
        if (ResultEnvelope.read(line, signers) instanceof ResultEnvelope.Revoked revoked
            && revoked.sequence() == 0) {
          sum = sum.plus(keep(new Line(source, ResultEnvelope.content(line)), revoked));
        }
      } catch (MalformedException e) {
        LOG.log(
            System.Logger.Level.WARNING,
            "a revocation of ''{0}'' is left out: {1}",
            source,
            e.getMessage());
      }
    }
    return sum;
  }

  /// The place of a line.
  ///
  /// @param source the name of its feed, file or bundle
  /// @param content the digest of its content
  private record Line(String source, Sha256 content) {}

  /// Checks lines that belong to no feed. Nothing is kept.
  ///
  /// @param source the name of the file or bundle
  /// @param signers the keys that may sign
  /// @throws MalformedException for the first line that cannot be used
  static void check(String source, List<Bytes> lines, List<TufKey> signers) {
    for (Bytes line : lines) {
      long sequence = ResultEnvelope.read(line, signers).sequence();
      if (sequence != 0) {
        throw new MalformedException(
            "cannot import results from '%s': expected lines outside of a feed, found line %d; import the files that 'bundle export --with results' makes"
                .formatted(source, sequence));
      }
    }
  }

  /// Imports the next lines of a feed. The first one may be the last one that was received: it
  /// shows that the feed is still the same.
  ///
  /// @throws MalformedException for the first line that cannot be used, or that is not the next
  ///   one; earlier ones are kept
  synchronized ResultImportReport follow(String source, List<Bytes> lines) {
    ResultImportReport sum = ResultImportReport.NONE;
    for (Bytes line : lines) {
      ResultEnvelope envelope = ResultEnvelope.read(line, trust.signers(parts.clock().instant()));
      long sequence = envelope.sequence();
      ResultRows.Position position = rows.position(source);
      Line place = new Line(source, ResultEnvelope.content(line));
      if (sequence > 0 && sequence == position.sequence() && line.equals(lines.getFirst())) {
        requireSame(place, position);
      } else {
        if (sequence != position.sequence() + 1) {
          throw new MalformedException(
              "cannot follow the results of '%s': expected line %d, found line %d"
                      .formatted(source, position.sequence() + 1, sequence)
                  + "; if that gate was set up again, use another name for it");
        }
        sum = sum.plus(keep(place, envelope));
      }
    }
    return sum;
  }

  private static void requireSame(Line place, ResultRows.Position position) {
    if (position.content() != null && !place.content().equals(position.content())) {
      throw new MalformedException(
          "cannot follow the results of '%s': expected the line %d that was received, found another one"
                  .formatted(place.source(), position.sequence())
              + "; that gate was restored or set up again, so use another name for it");
    }
  }

  private ResultImportReport keep(Line place, ResultEnvelope envelope) {
    return switch (envelope) {
      case ResultEnvelope.Results results -> keep(place, results);
      case ResultEnvelope.Revoked revoked -> keep(place, revoked);
    };
  }

  private ResultImportReport keep(Line place, ResultEnvelope.Results results) {
    String name = place.source();
    ResultBatch batch = results.batch();
    ResultRows.Source source =
        new ResultRows.Source(
            name,
            ResultKey.id(results.signer()),
            batch.inspector(),
            batch.indicators(),
            batch.at(),
            batch.sequence());
    boolean same = batch.inspector() == Inspector.VERSION;
    List<Write> writes = new ArrayList<>();
    if (same) {
      for (InspectionResult result : batch.results()) {
        if (isNeeded(source, result)) {
          writes.add(rows.putWaiting(new ResultRows.Waiting(source, result)));
        }
      }
    }
    int kept = writes.size();
    if (same) {
      writes.addAll(superseding(source, batch.results()));
    }
    if (batch.sequence() > 0) {
      ResultRows.Position before = rows.position(name);
      // Another inspector has other findings, which its confirmation is about.
      boolean confirms = same && batch.confirms() > 0;
      writes.add(
          rows.putPosition(
              name,
              new ResultRows.Position(
                  batch.sequence(),
                  confirms ? batch.indicators() : before.indicators(),
                  confirms ? batch.confirms() : before.confirms(),
                  place.content())));
    }
    // Lost rows are received again: the position is lost with them.
    if (!writes.isEmpty()) {
      parts.store().commit(Batch.relaxed(writes));
    }
    int all = batch.results().size();
    return new ResultImportReport(1, kept, all - kept, same ? 0 : all, 0);
  }

  private boolean isNeeded(ResultRows.Source source, InspectionResult result) {
    Sha256 archive = result.id().cksum();
    return parts.store().findings(archive).filter(Findings::current).isEmpty()
        && !rows.isRevoked(archive, source);
  }

  /// Returns the writes that note the revocations of a source that its later results supersede.
  private List<Write> superseding(ResultRows.Source source, List<InspectionResult> results) {
    Instant now = parts.clock().instant();
    List<Write> writes = new ArrayList<>();
    for (InspectionResult result : results) {
      Sha256 archive = result.id().cksum();
      rows.revokedArchive(archive, source.name())
          .filter(why -> !why.isSuperseded() && why.isBefore(source))
          .ifPresent(why -> writes.add(rows.putRevokedArchive(archive, why.supersededAt(now))));
    }
    return writes;
  }

  private ResultImportReport keep(Line place, ResultEnvelope.Revoked revoked) {
    String name = place.source();
    ResultRevocation revocation = revoked.revocation();
    List<Write> writes =
        new ArrayList<>(
            revoke(
                revocation.keys(),
                revocation.archives(),
                ResultRows.Revocation.of(name, revocation, parts.clock().instant())));
    if (revocation.sequence() > 0) {
      ResultRows.Position before = rows.position(name);
      writes.add(
          rows.putPosition(
              name,
              new ResultRows.Position(
                  revocation.sequence(), before.indicators(), before.confirms(), place.content())));
    }
    parts.store().commit(Batch.synced(writes));
    return new ResultImportReport(
        1, 0, 0, 0, revocation.keys().size() + revocation.archives().size());
  }

  /// Returns the writes that put a revocation in force. Findings that were used are computed again
  /// afterwards.
  List<Write> revoke(List<Sha256> keys, List<Sha256> archives, ResultRows.Revocation why) {
    List<Write> writes = new ArrayList<>();
    keys.forEach(key -> writes.add(rows.putRevokedKey(key, why)));
    for (Sha256 archive : archives) {
      if (rows.revokedArchive(archive, why.by()).filter(why::isRepeated).isEmpty()) {
        writes.add(rows.putRevokedArchive(archive, why));
      }
      writes.add(rows.dropWaiting(archive));
    }
    return writes;
  }

  /// Drops results that will not be used any more: too old, of another inspector, or of a key that
  /// does not count any more.
  void sweep() {
    Instant now = parts.clock().instant();
    Set<Sha256> trusted = trust.trusted(now);
    List<Write> writes = new ArrayList<>();
    rows.eachWaiting(
        waiting -> {
          if (trust.isPast(waiting.source(), trusted, now)) {
            writes.add(rows.dropWaiting(waiting.result().id().cksum()));
          }
        });
    for (int from = 0; from < writes.size(); from += ResultBatch.MAX) {
      parts
          .store()
          .commit(
              Batch.relaxed(writes.subList(from, Math.min(writes.size(), from + ResultBatch.MAX))));
    }
  }
}
