package lazaret.sandbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import lazaret.sandbox.kernel.OpenWatch.Event;
import lazaret.sandbox.kernel.OpenWatch.Event.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenWatchTest {
  @TempDir Path dir;

  @Test
  void keepsWhoOpensAFileWaitingUntilItIsLetPass() throws Exception {
    Path file = Files.writeString(dir.resolve("key"), "secret");

    String read =
        onAThread(
            () -> {
              OpenWatch watch = OpenWatch.begin();
              int number = watch.watch(file);
              assertThat(Files.size(file)).as("looking it up is no event").isEqualTo(6);
              FutureTask<String> reading = new FutureTask<>(() -> Files.readString(file));
              Thread.ofPlatform().start(reading);

              assertThat(watch.read()).containsExactly(new Event(number, Kind.WAITING));
              assertThat(reading.isDone()).isFalse();
              watch.letPass(number);

              assertThat(watch.read()).contains(new Event(number, Kind.OPENED));
              String text = reading.get();
              watch.release();
              return text;
            });

    assertThat(read).isEqualTo("secret");
  }

  @Test
  void holdsAgainWhatWasClosed() throws Exception {
    Path file = Files.writeString(dir.resolve("key"), "secret");

    onAThread(
        () -> {
          OpenWatch watch = OpenWatch.begin();
          int number = watch.watch(file);
          watch.letPass(number);
          assertThat(Files.readString(file)).isEqualTo("secret");
          assertThat(watch.read())
              .containsExactly(new Event(number, Kind.OPENED), new Event(number, Kind.CLOSED));

          watch.hold(number);
          FutureTask<String> reading = new FutureTask<>(() -> Files.readString(file));
          Thread.ofPlatform().start(reading);
          assertThat(watch.read()).containsExactly(new Event(number, Kind.WAITING));

          // Whoever waits passes when the watch ends.
          watch.release();
          return reading.get();
        });
  }

  @Test
  void endsItsReaderWhenClosed() throws Exception {
    List<Event> events =
        onAThread(
            () -> {
              OpenWatch watch = OpenWatch.begin();
              Thread.ofPlatform().start(watch::close);
              List<Event> read = watch.read();
              watch.release();
              watch.close();
              return read;
            });

    assertThat(events).isEmpty();
  }

  @Test
  void namesTheErrorOfTheKernel() throws Exception {
    onAThread(
        () -> {
          OpenWatch watch = OpenWatch.begin();
          assertThatThrownBy(() -> watch.watch(dir.resolve("missing")))
              .isInstanceOf(SystemCallException.class)
              .hasMessage("openat: ENOENT");
          watch.release();
          return "";
        });
  }

  private static <T> T onAThread(Callable<T> work) throws Exception {
    FutureTask<T> task = new FutureTask<>(work);
    Thread.ofPlatform().start(task);
    return task.get();
  }
}
