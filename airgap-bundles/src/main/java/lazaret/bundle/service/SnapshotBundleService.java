package lazaret.bundle.service;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import lazaret.bundle.BundleException;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.desk.snapshots.BundleService;
import lazaret.vetting.desk.snapshots.SnapshotService;
import lazaret.vetting.json.JsonWriter;

/// The bundle service of a gate and its store. Thread-safe.
public final class SnapshotBundleService implements BundleService {
  private final SnapshotService desk;
  private final ExportService exports;
  private final ImportService imports;

  private SnapshotBundleService(SnapshotService desk, BundleSettings place, Clock clock) {
    this.desk = desk;
    this.exports = new ExportService(desk, clock);
    this.imports = new ImportService(desk, place, clock);
  }

  /// The factory, which `META-INF/services` names.
  public static final class Opener implements Factory {
    @Override
    public BundleService open(SnapshotService snapshots, BundleSettings place, Clock clock) {
      return new SnapshotBundleService(snapshots, place, clock);
    }
  }

  /// {@inheritDoc}
  ///
  /// The message of a refused bundle begins with its [lazaret.bundle.BundleCode].
  @Override
  public Bytes ask(String verb, Bytes order, String by) {
    Wanted wanted = Wanted.parse(verb.equals("rollback") ? "roll back" : verb, order);
    try {
      return switch (verb) {
        case "export" -> exports.run(ExportOrder.of(wanted), by);
        case "import" -> imports.run(wanted, by);
        case "rollback" -> rollback(wanted, by);
        default -> throw new MalformedException("there is no bundle verb '" + verb + "'");
      };
    } catch (BundleException e) {
      throw e.saying("%s: %s".formatted(e.reason().code(), e.getMessage()));
    }
  }

  @Override
  public Optional<StoreLag> behind() {
    return imports.behind();
  }

  @Override
  public Optional<Trust> trust() {
    return imports.trust();
  }

  @Override
  public List<Revocation> revocations() {
    return imports.revocations();
  }

  private Bytes rollback(Wanted wanted, String by) {
    long snapshot = wanted.number("snapshot", 1, Long.MAX_VALUE, 0);
    String reason = wanted.needed("reason");
    wanted.done();
    var rejudged = desk.rollback(snapshot, by, reason);
    return JsonWriter.object(
        json -> {
          json.put("snapshot", snapshot);
          json.object("rejudged", out -> ImportAnswer.rejudged(out, rejudged));
        });
  }
}
