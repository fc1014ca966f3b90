package lazaret.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lazaret.bench.Corpus.Part;
import lazaret.bench.Launcher.Mirror;
import lazaret.bench.Launcher.Protocol;
import lazaret.bench.speed.SpeedRow;

/// Cases that request every artifact once after a start of both servers, from the store into the
/// first response.
final class TouchCases {
  private static final int CONNECTIONS = 16;

  private final Bench bench;
  private final Corpus corpus;
  private final Path root;
  private final List<Touch> touches =
      List.of(
          Touch.of(SpeedRow.TOUCH_20K, Part.TOUCH_20K),
          Touch.of(SpeedRow.TOUCH_100K, Part.TOUCH_100K),
          Touch.of(SpeedRow.TOUCH_1M, Part.TOUCH_1M),
          Touch.of(SpeedRow.TOUCH_5M, Part.TOUCH_5M));

  private record Touch(SpeedRow row, Part part, List<Sample> nginx, List<Sample> mirror) {
    static Touch of(SpeedRow row, Part part) {
      return new Touch(row, part, new ArrayList<>(), new ArrayList<>());
    }
  }

  /// @param corpus requested files
  /// @param root the same bytes, for nginx
  TouchCases(Bench bench, Corpus corpus, Path root) {
    this.bench = bench;
    this.corpus = corpus;
    this.root = root;
  }

  void run(Mirror asked) {
    int rounds = bench.options().quick() ? 2 : 4;
    for (int i = 0; i < rounds; i++) {
      bench.say("first touch, round " + (i + 1));
      round(asked, i % 2 == 0);
    }
    for (Touch touch : touches) {
      bench.table().load(touch.row(), Sample.median(touch.nginx()), Sample.median(touch.mirror()));
    }
  }

  private void round(Mirror asked, boolean nginxFirst) {
    try (Server nginx = bench.launcher().nginx(Protocol.HTTP_1, root);
        Server mirror = bench.launcher().mirror(asked)) {
      List<String> hot = corpus.of(Part.CRATE_20K);
      for (Server server : List.of(nginx, mirror)) {
        var _ = bench.load().wrk(server, hot, null, new Load.Shape(CONNECTIONS, 2));
        learn(server);
      }
      for (Touch touch : touches) {
        List<String> paths = counted(touch.part());
        for (Server server : nginxFirst ? List.of(nginx, mirror) : List.of(mirror, nginx)) {
          List<Sample> samples = server == nginx ? touch.nginx() : touch.mirror();
          samples.add(new LoadClient(server).each(server, paths, CONNECTIONS));
        }
      }
    }
  }

  /// Requests the first third of the small artifacts, which is not counted. A cold JIT compiler is
  /// not part of a first touch.
  private void learn(Server server) {
    List<String> all = corpus.of(Part.TOUCH_20K);
    var _ = new LoadClient(server).each(server, all.subList(0, all.size() / 3), CONNECTIONS);
  }

  private List<String> counted(Part part) {
    List<String> all = corpus.of(part);
    return part == Part.TOUCH_20K ? all.subList(all.size() / 3, all.size()) : all;
  }
}
