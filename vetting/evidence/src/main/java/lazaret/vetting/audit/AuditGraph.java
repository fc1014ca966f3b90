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
import lazaret.vetting.audit.files.VetVersion;
import org.jspecify.annotations.Nullable;

/// The audits of one crate as a graph. Its nodes are versions and an empty state before all
/// versions (null). Its edges lead from a version to the one it was audited against. The graph may
/// have cycles, since deltas can go backwards.
///
/// Source: the cargo-vet book, *Algorithm*; the order of preference is that of cargo-vet's code.
final class AuditGraph {
  /// One entry as an edge from the version that it leads to.
  ///
  /// @param step the entry
  /// @param criteria criteria that it certifies, closed under implication
  /// @param caveat reason to avoid the entry
  /// @param rank position among equals: more local entries have lower numbers
  record Edge(AuditStep step, long criteria, Caveat caveat, int rank) {}

  /// The reasons to avoid an entry, in ascending weight.
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
    /// Returns the version that an exemption was reached from, or null. A path over an exemption is
    /// ranked by it, so that small exemptions are preferred to short paths.
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

  /// Adds an entry. The most local entries must be added first.
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

  /// Returns the path from the empty state to a version over entries that certify a criterion.
  ///
  /// @param bit bit of the criterion
  /// @return the steps, the first from the empty state; null if there is no path
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

  /// Returns the steps of a path. The search went backwards, so the step of the last node is the
  /// first of the path.
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
