package lazaret.vetting.desk.lockfiles;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.desk.lockfiles.LockfileReport.Line;
import lazaret.vetting.desk.lockfiles.LockfileReport.Status;
import lazaret.vetting.lockfile.LockedPackage;
import lazaret.vetting.lockfile.LockedPackageId;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.policy.ManifestPolicy.Ban;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.Reason;

/// The bans with exceptions for certain dependents. The gate has to serve such a crate, since it
/// cannot see the dependent. A lockfile names it.
final class BanWrappers {
  private final List<Ban> bans;
  private final Map<LockedPackageId, Set<String>> dependents = new HashMap<>();

  BanWrappers(Policy policy, Lockfile lock) {
    this.bans = policy.manifest().bans().stream().filter(b -> !b.wrappers().isEmpty()).toList();
    if (!bans.isEmpty()) {
      for (LockedPackage locked : lock.packages()) {
        locked
            .dependencies()
            .forEach(id -> dependents.computeIfAbsent(id, _ -> new TreeSet<>()).add(locked.name()));
      }
    }
  }

  /// Withholds a package that would be served but has a dependent other than a wrapper.
  Line hold(Line line) {
    LockedPackage locked = line.locked();
    if (bans.isEmpty() || line.status() != Status.SERVED || !locked.throughGate()) {
      return line;
    }
    for (Ban ban : bans) {
      List<String> others =
          dependents.getOrDefault(locked.id(), Set.of()).stream()
              .filter(name -> !ban.wraps(name))
              .toList();
      if (ban.covers(CrateName.parse(locked.name()), locked.version()) && !others.isEmpty()) {
        String why = ban.text() + "; depended on by " + String.join(", ", others);
        return new Line(
            locked, Status.WITHHELD, List.of(new Reason(Reason.Code.BANNED, why)), why, null);
      }
    }
    return line;
  }
}
