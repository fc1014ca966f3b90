package lazaret.mirror.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.common.buffers.DataReader;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReleasingReaderTest {
  private static final String REQUESTS =
      "GET /index/config.json HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: b\r\n\r\n0123456789";

  /// Supplies a text in arrays of a length, and then the end.
  private static Supplier<byte[]> arrays(String text, int length) {
    Deque<byte[]> left = new ArrayDeque<>();
    byte[] all = text.getBytes(StandardCharsets.US_ASCII);
    for (int from = 0; from < all.length; from += length) {
      left.add(Arrays.copyOfRange(all, from, Math.min(all.length, from + length)));
    }
    return left::poll;
  }

  private static List<Object> script(DataReader reader) {
    List<Object> seen = new ArrayList<>();
    seen.add(reader.available());
    seen.add(reader.startsWith(new byte[] {'G', 'E'}));
    seen.add(reader.findNewLine(100));
    seen.add(reader.readLine());
    seen.add(reader.findOrNewLine((byte) ':', 100));
    seen.add(reader.readAsciiString(4));
    reader.skip(2);
    seen.add(reader.readLazyString(StandardCharsets.US_ASCII, 1).toString());
    seen.add(reader.startsWithNewLine());
    reader.skip(4);
    seen.add((char) reader.lookup());
    seen.add((char) reader.read());
    seen.add(new String(reader.readBytes(2), StandardCharsets.US_ASCII));
    seen.add(reader.getBuffer(3).readString(3));
    seen.add(reader.readLine());
    seen.add(reader.readLine());
    seen.add(reader.readLine());
    reader.ensureAvailable();
    seen.add(reader.readBuffer(6).readString(6));
    reader.pullData();
    seen.add(reader.readBuffer().available() > 0);
    return seen;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 20, 40})
  void readsWhatTheReaderOfTheLibraryReads(int length) {
    assertThat(script(new ReleasingReader(arrays(REQUESTS, length))))
        .isEqualTo(script(DataReader.create(arrays(REQUESTS, length))));
  }

  @Test
  void theEndIsThatOfTheLibrary() {
    var reader = new ReleasingReader(arrays("a", 1));

    assertThat(reader.read()).isEqualTo((byte) 'a');
    assertThatThrownBy(reader::ensureAvailable)
        .isInstanceOf(DataReader.InsufficientDataAvailableException.class);
  }

  @Test
  void everyMethodOfTheLibraryReadsFromTheList() {
    Function<Method, String> signature = m -> m.getName() + Arrays.toString(m.getParameterTypes());

    assertThat(Stream.of(ReleasingReader.class.getDeclaredMethods()).map(signature))
        .containsAll(
            Stream.of(DataReader.class.getDeclaredMethods())
                .filter(m -> Modifier.isPublic(m.getModifiers()))
                .filter(m -> !Modifier.isStatic(m.getModifiers()))
                .map(signature)
                .toList());
  }

  /// The held arrays stand for arrays that the collector has moved to the old generation. A
  /// collection of the young generation does not examine those, and keeps what they link.
  @Test
  void readBytesDoNotHoldLaterOnes() throws ReflectiveOperationException {
    List<WeakReference<byte[]>> supplied = new ArrayList<>();
    var reader =
        new ReleasingReader(
            () -> {
              byte[] array = {1, 2, 3};
              supplied.add(new WeakReference<>(array));
              return array;
            });
    reader.skip(1);
    Field head = DataReader.class.getDeclaredField("head");
    head.setAccessible(true);
    Object first = head.get(reader.list());

    try {
      reader.skip(2);
      reader.skip(3);
      reader.skip(1);
      System.gc();

      assertThat(supplied.get(0).refersTo(null)).isFalse();
      assertThat(supplied.get(1).refersTo(null)).isTrue();
      assertThat(supplied.get(2).refersTo(null)).isFalse();
      assertThat(reader.available()).isEqualTo(2);
    } finally {
      Reference.reachabilityFence(first);
    }
  }
}
