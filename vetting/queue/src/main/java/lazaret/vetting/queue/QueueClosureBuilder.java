package lazaret.vetting.queue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lazaret.vetting.queue.QueueEvaluation.Need;

/// The division of queued versions into closures. A version requires another one if its index line
/// has a requirement that the other meets, and a received lockfile contains both. If no lockfile
/// contains one of them, the requirement is sufficient. A version that several roots require
/// belongs to the one that frees most: the most lockfiles, then the most requests. One run; not
/// thread-safe.
final class QueueClosureBuilder {
  /// The maximum number of queued versions that one requirement leads to.
  private static final int MAX_MATCHES = 16;

  /// The maximum number of queued versions of one crate with which a requirement is compared: the
  /// newest ones. Without it, requirements that match nothing cost the square of the queue.
  static final int MAX_CANDIDATES = 256;

  private static final Comparator<Node> NEWEST =
      Comparator.comparing((Node node) -> node.row.version()).reversed();

  private static final Comparator<Node> FREES_MOST =
      Comparator.comparingInt((Node node) -> node.lockfiles.cardinality())
          .thenComparingLong(node -> node.row.request().count())
          .reversed()
          .thenComparing(node -> node.row.name().collisionKey())
          .thenComparing(node -> node.row.version());

  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, List<Node>> byCrate = new HashMap<>();

  /// A version of the graph.
  private static final class Node {
    private final QueueRow row;
    private final BitSet lockfiles;
    private final Set<Node> requires = new LinkedHashSet<>();
    private boolean required;
    private boolean placed;

    private Node(QueueRow row, BitSet lockfiles) {
      this.row = row;
      this.lockfiles = lockfiles;
    }
  }

  private QueueClosureBuilder(List<QueueRow> rows, SightingIndex.View sightings) {
    for (QueueRow row : rows) {
      Node node = new Node(row, sightings.of(row.key()));
      nodes.add(node);
      byCrate.computeIfAbsent(row.name().collisionKey(), _ -> new ArrayList<>()).add(node);
    }
    for (List<Node> versions : byCrate.values()) {
      if (versions.size() > MAX_CANDIDATES) {
        versions.sort(NEWEST);
        versions.subList(MAX_CANDIDATES, versions.size()).clear();
      }
    }
  }

  /// Returns the closures of some versions; each version is in one of them.
  static List<QueueClosure> of(List<QueueRow> rows, SightingIndex.View sightings) {
    QueueClosureBuilder builder = new QueueClosureBuilder(rows, sightings);
    builder.nodes.forEach(builder::connect);
    return builder.closures();
  }

  private void connect(Node node) {
    QueueEvaluation evaluation = node.row.evaluation();
    if (evaluation == null) {
      return;
    }
    for (Need need : evaluation.needs()) {
      byCrate.getOrDefault(need.crate(), List.of()).stream()
          .filter(other -> other != node && need.req().matches(other.row.version()))
          .filter(other -> together(node, other))
          .limit(MAX_MATCHES)
          .forEach(
              other -> {
                node.requires.add(other);
                other.required = true;
              });
    }
  }

  private static boolean together(Node one, Node other) {
    return one.lockfiles.isEmpty()
        || other.lockfiles.isEmpty()
        || one.lockfiles.intersects(other.lockfiles);
  }

  private List<QueueClosure> closures() {
    List<QueueClosure> closures = new ArrayList<>();
    nodes.stream()
        .filter(node -> !node.required)
        .sorted(FREES_MOST)
        .forEach(node -> closures.add(closure(node)));
    // Versions of a circle, in which each one is required.
    for (Node node : nodes.stream().filter(node -> node.required).sorted(FREES_MOST).toList()) {
      if (!node.placed) {
        closures.add(closure(node));
      }
    }
    return closures;
  }

  private static QueueClosure closure(Node root) {
    List<QueueRow> added = new ArrayList<>();
    Deque<Node> open = new ArrayDeque<>();
    root.placed = true;
    open.add(root);
    while (!open.isEmpty()) {
      for (Node next : open.remove().requires) {
        if (!next.placed) {
          next.placed = true;
          added.add(next.row);
          open.add(next);
        }
      }
    }
    return new QueueClosure(root.row, added);
  }
}
