package lazaret.sandbox.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import lazaret.sandbox.kernel.FileLeases.Event;
import lazaret.sandbox.kernel.FileLeases.Event.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLeasesTest {
  @TempDir Path dir;

  @Test
  void keepsWhoOpensAFileWaitingUntilItIsLetPass() throws Exception {
    Path file = Files.writeString(dir.resolve("key"), "secret");

    String read =
        onAThread(
            () -> {
              FileLeases watch = FileLeases.begin();
              int number = watch.watch(file);
              assertThat(Files.size(file)).as("looking it up is not an event").isEqualTo(6);
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
  void tellsOfEachOfManyWhoWaitAtOnce() throws Exception {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      files.add(Files.writeString(dir.resolve("key" + i), "secret"));
    }

    List<String> texts =
        onAThread(
            () -> {
              FileLeases watch = FileLeases.begin();
              Set<Integer> held = new HashSet<>();
              List<FutureTask<String>> readers = new ArrayList<>();
              for (Path file : files) {
                held.add(watch.watch(file));
                FutureTask<String> reading = new FutureTask<>(() -> Files.readString(file));
                readers.add(reading);
                Thread.ofPlatform().start(reading);
              }
              // All processes wait before the first event is read, because signals with one number
              // may be merged.
              Thread.sleep(200);
              while (!held.isEmpty()) {
                for (Event event : watch.read()) {
                  if (event.kind() == Kind.WAITING) {
                    watch.letPass(event.watch());
                    held.remove(event.watch());
                  }
                }
              }
              List<String> read = new ArrayList<>();
              for (FutureTask<String> reading : readers) {
                read.add(reading.get());
              }
              watch.release();
              return read;
            });

    assertThat(texts).hasSize(8).containsOnly("secret");
  }

  @Test
  void waitsForTheEndOfAWriterBeforeItTakesTheLease() throws Exception {
    Path file = dir.resolve("key");
    OutputStream writer = Files.newOutputStream(file);
    writer.write("secret".getBytes(UTF_8));
    Thread ending =
        Thread.ofPlatform()
            .start(
                () -> {
                  try (writer) {
                    Thread.sleep(20);
                  } catch (IOException | InterruptedException e) {
                    throw new AssertionError(e);
                  }
                });

    String read =
        onAThread(
            () -> {
              FileLeases watch = FileLeases.begin();
              int number = watch.watch(file, Duration.ofSeconds(20));
              ending.join();
              FutureTask<String> reading = new FutureTask<>(() -> Files.readString(file));
              Thread.ofPlatform().start(reading);

              assertThat(watch.read()).containsExactly(new Event(number, Kind.WAITING));
              watch.release();
              return reading.get();
            });

    assertThat(read).isEqualTo("secret");
  }

  @Test
  void holdsAgainWhatWasClosed() throws Exception {
    Path file = Files.writeString(dir.resolve("key"), "secret");

    onAThread(
        () -> {
          FileLeases watch = FileLeases.begin();
          int number = watch.watch(file);
          watch.letPass(number);
          assertThat(Files.readString(file)).isEqualTo("secret");
          assertThat(watch.read())
              .containsExactly(new Event(number, Kind.OPENED), new Event(number, Kind.CLOSED));

          assertThat(watch.hold(number)).isTrue();
          FutureTask<String> reading = new FutureTask<>(() -> Files.readString(file));
          Thread.ofPlatform().start(reading);
          assertThat(watch.read()).containsExactly(new Event(number, Kind.WAITING));

          // Waiting processes continue when the watch ends.
          watch.release();
          return reading.get();
        });
  }

  @Test
  void endsItsReaderWhenClosed() throws Exception {
    List<Event> events =
        onAThread(
            () -> {
              FileLeases watch = FileLeases.begin();
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
          FileLeases watch = FileLeases.begin();
          assertThatThrownBy(() -> watch.watch(dir.resolve("missing")))
              .isInstanceOf(SystemCallException.class)
              .hasMessage("openat: ENOENT");
          watch.release();
          return "";
        });
  }

  private static <T> T onAThread(Callable<T> work) throws Exception {
    FutureTask<T> task = new FutureTask<>(work);
    Thread.ofPlatform().daemon().start(task);
    return task.get(30, TimeUnit.SECONDS);
  }
}
