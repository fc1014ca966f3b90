package lazaret.vetting.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import lazaret.vetting.audit.AuditStep.Kind;
import org.jspecify.annotations.Nullable;

/// What is said of one crate, as a graph: its nodes are versions and the nothing before all
/// versions (null), its edges lead back from a version to the one it was audited against. It may
/// have cycles: deltas go backwards too.
///
/// Source: the cargo-vet book, *Algorithm*; the order of preference is that of cargo-vet's code.
final class AuditGraph {
  /// One entry, seen from the version that it leads to.
  ///
  /// @param step the entry
  /// @param criteria what it carries on, closed
  /// @param caveat what stands against using it
  /// @param rank its place among equals: the more local, the lower
  record Edge(AuditStep step, long criteria, Caveat caveat, int rank) {}

  /// What stands against using an entry, the less the better.
  enum Caveat {
    NONE,
    NOT_IMPORTABLE,
    EXEMPTION,
    UNPUBLISHED
  }

  private record Node(
      @Nullable VetVersion version,
      @Nullable VetVersion origin,
      Caveat caveat,
      int length,
      @Nullable Edge last,
      @Nullable Node before) {
    /// For a way over an exemption the version that it was reached from counts: small exemptions
    /// are preferred to short ways.
    @Nullable VetVersion exemptionOrigin() {
      return caveat == Caveat.EXEMPTION ? origin : null;
    }

    int rank() {
      return last == null ? -1 : last.rank();
    }
  }

  private static final Comparator<VetVersion> NOTHING_FIRST =
      Comparator.nullsFirst(Comparator.naturalOrder());

  private static final Comparator<Node> BEST_FIRST =
      Comparator.comparing(Node::caveat)
          .thenComparing(Node::version, NOTHING_FIRST)
          .thenComparing(Node::exemptionOrigin, NOTHING_FIRST)
          .thenComparingInt(Node::length)
          .thenComparingInt(Node::rank);

  private final Map<VetVersion, List<Edge>> edges = new HashMap<>();
  private int count;

  /// Adds an entry. Entries are added the most local first.
  void add(AuditStep step, long criteria, boolean importable) {
    edges
        .computeIfAbsent(step.to(), _ -> new ArrayList<>())
        .add(new Edge(step, criteria, caveat(step.kind(), importable), count++));
  }

  private static Caveat caveat(Kind kind, boolean importable) {
    return switch (kind) {
      case AUDIT -> importable ? Caveat.NONE : Caveat.NOT_IMPORTABLE;
      case WILDCARD, TRUSTED -> Caveat.NONE;
      case EXEMPTION -> Caveat.EXEMPTION;
      case UNPUBLISHED -> Caveat.UNPUBLISHED;
    };
  }

  /// Searches the way from nothing to a version over entries that carry a criterion.
  ///
  /// @param bit the criterion
  /// @return the steps, the first from nothing; null where there is no way
  @Nullable List<AuditStep> search(VetVersion target, int bit) {
    var queue = new PriorityQueue<>(BEST_FIRST);
    queue.add(new Node(target, target, Caveat.NONE, 0, null, null));
    Set<VetVersion> visited = new HashSet<>();
    while (true) {
      Node node = queue.poll();
      if (node == null) {
        return null;
      }
      VetVersion version = node.version();
      if (version == null) {
        return steps(node);
      }
      if (visited.add(version)) {
        for (Edge edge : edges.getOrDefault(version, List.of())) {
          if ((edge.criteria() >>> bit & 1) != 0) {
            queue.add(next(node, edge));
          }
        }
      }
    }
  }

  private static Node next(Node node, Edge edge) {
    Caveat worse = edge.caveat().compareTo(node.caveat()) > 0 ? edge.caveat() : node.caveat();
    return new Node(edge.step().from(), node.version(), worse, node.length() + 1, edge, node);
  }

  /// The search went backwards: the last node's step is the way's first.
  private static List<AuditStep> steps(Node end) {
    var steps = new ArrayList<AuditStep>();
    for (Node node = end; node != null; node = node.before()) {
      Edge edge = node.last();
      if (edge != null) {
        steps.add(edge.step());
      }
    }
    return steps;
  }
}
