package lazaret.vetting.gate.serving;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.gate.evaluation.CrateStates;
import lazaret.vetting.gate.evaluation.IndexMerge;
import lazaret.vetting.gate.removal.RemovalNoticeLimit;
import lazaret.vetting.gate.removal.RemovalRegister;
import lazaret.vetting.gate.removal.RemovalRule;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.gate.store.WriteScope;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.ledger.Notice;

/// The suspected removals upstream, recorded in the store. Thread-safe.
public final class SuspectedRemovals {
  private static final System.Logger LOG = System.getLogger(SuspectedRemovals.class.getName());

  /// The number of crates that upstream is asked for in one round.
  private static final int PER_ROUND = 16;

  private final GateContext parts;
  private final CrateStates files;
  private final RemovalRegister register;
  private final RemovalNoticeLimit notices = new RemovalNoticeLimit();

  SuspectedRemovals(GateContext parts, CrateStates files) {
    this.parts = parts;
    this.files = files;
    this.register = new RemovalRegister(log(parts), parts.options().removalDelay());
  }

  /// Returns the register of suspected removals.
  public RemovalRegister register() {
    return register;
  }

  /// Returns whether so many crates vanished that upstream is not trusted, also if another node has
  /// just found that.
  public boolean isMassSuspected() {
    register.reload();
    return register.report().massSince() != null;
  }

  /// Merges an index file under the rule for its crate. The suspicion is recorded before the crate.
  /// A crash in between causes one request too many, never one too few.
  IndexMerge merged(CrateName name, Function<RemovalRule, IndexMerge> merge, Instant now) {
    RemovalRule rule = register.rule(name);
    IndexMerge merged = merge.apply(rule);
    if (!merged.incomplete()) {
      return merged;
    }
    RemovalRule after = register.suspect(name, now);
    return after.equals(rule) ? merged : merge.apply(after);
  }

  /// Returns the notices to write, limited as in [RemovalNoticeLimit#limited].
  List<Notice> limited(List<Notice> all, Instant now) {
    return parts.growth().notices().limited(notices.limited(all, now), now);
  }

  /// Returns the crates to request from upstream again. Empty while a snapshot is served.
  List<CrateName> due() {
    return files.head() == 0 ? register.due(parts.clock().instant(), PER_ROUND) : List.of();
  }

  /// Records that upstream was asked again for a crate.
  void asked(CrateName name) {
    if (register.holds(name)) {
      register.postpone(name, parts.clock().instant());
    }
  }

  /// Ends the suspicion for crates that vanished together with so many others that upstream is not
  /// trusted.
  void restore() {
    if (files.head() != 0) {
      return;
    }
    for (Optional<CrateName> next = register.nextToRestore();
        next.isPresent();
        next = register.nextToRestore()) {
      CrateName name = next.get();
      var _ = files.exclusively(name, () -> files.current(name).map(this::restored));
    }
  }

  private CrateState restored(CrateState file) {
    StoredCrate crate = file.crate();
    List<StoredLine> lines = crate.lines().stream().map(line -> line.missing(null)).toList();
    return lines.equals(crate.lines())
        ? file
        : files.publishMerged(
            files.open(
                new StoredCrate(crate.name(), lines, crate.omitted()),
                file.freshness(),
                file.revision()),
            List.of());
  }

  private static RemovalRegister.Log log(GateContext parts) {
    return new RemovalRegister.Log() {
      @Override
      public String read() {
        return parts.store().meta(MetaKey.REMOVALS).map(Bytes::text).orElse("");
      }

      @Override
      public <T> T serially(Supplier<T> change) {
        return parts.store().serially(WriteScope.REMOVALS, change);
      }

      @Override
      public boolean write(String text, List<Notice> notices) {
        List<Batch.Write> writes = new ArrayList<>();
        writes.add(new Batch.Write.PutMeta(MetaKey.REMOVALS, Bytes.utf8(text)));
        for (Notice notice : notices) {
          if (notice.by().equals(Notice.GATE)) {
            writes.addAll(parts.appends(notice));
          } else {
            writes.add(new Batch.Write.Append(notice));
          }
        }
        try {
          var _ = parts.store().commit(Batch.synced(writes));
          return true;
        } catch (StoreException e) {
          if (e.code() != ErrorCode.DISK_FULL) {
            throw e;
          }
          LOG.log(
              System.Logger.Level.WARNING, "suspected removals not stored: {0}", e.getMessage());
          return false;
        }
      }
    };
  }
}
