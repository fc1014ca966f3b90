package lazaret.vetting.gate.evaluation;

import java.time.Instant;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.index.Freshness;
import lazaret.vetting.index.IndexView;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.policy.rules.Rulebook;

/// The check that the stored view of a crate is the one that its lines, decisions and the rulebook
/// give.
final class ViewCheck {
  private ViewCheck() {}

  /// Returns whether the stored view of a crate agrees. An expired view agrees, since it is built
  /// again before it is served. So does a view that depends on other crates, which may have changed
  /// since. The caller holds the crate's lock.
  static boolean agrees(GateContext parts, StoredRelatedCrates relatedCrates, CrateName name) {
    Store store = parts.store();
    long head = store.snapshots().head();
    StoredCrate crate = store.crate(name).orElse(null);
    Freshness freshness = store.freshness(name).orElse(null);
    IndexView view = store.view(name).orElse(null);
    if (crate == null || freshness == null || view == null) {
      return true;
    }
    CrateState file =
        CrateState.of(crate, freshness, store.decisions(name), store, relatedCrates)
            .ofOrigin(parts.upstream());
    if (head != file.head()) {
      // The snapshot changed during the read: lines and decisions may be of different snapshots.
      return agrees(parts, relatedCrates, name);
    }
    Instant now = parts.clock().instant();
    Rulebook current = parts.rules().current();
    return !view.holdsAt(now, file.own(current).generation(name, now))
        || file.under(current).dependsOnRelatedCrates(now)
        || view.body().equals(IndexViewBuilder.body(file, current, now));
  }
}
