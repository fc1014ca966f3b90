package lazaret.mirror.following;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import lazaret.vetting.Bytes;
import org.jspecify.annotations.Nullable;

/// Feeds in the form of the public registry.
final class FeedText {
  private static final String HEAD =
      """
      <?xml version="1.0" encoding="utf-8"?>
      <rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:crates="https://crates.io/">
      <channel><title>crates.io: recent updates</title><link>https://crates.io/</link>
      <description>Recent version publishes on the crates.io package registry</description>
      <language>en</language>
      <atom:link href="https://static.crates.io/rss/updates.xml" rel="self"/>
      """;

  private static final String END = "</channel></rss>\n";

  private FeedText() {}

  /// Returns a feed.
  static Bytes rss(List<String> items) {
    return Bytes.utf8(HEAD + String.join("", items) + END);
  }

  /// Returns an item.
  ///
  /// @param version null in the feed of new crates
  static String item(String name, @Nullable String version, Instant published) {
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(published.atOffset(ZoneOffset.UTC));
    String number = version == null ? "" : "<crates:version>" + version + "</crates:version>\n";
    return """
        <item><title>New crate version published: %1$s</title>
        <link>https://crates.io/crates/%1$s</link>
        <description><![CDATA[A <b>crate</b> & more]]></description>
        <guid>https://crates.io/crates/%1$s</guid>
        <pubDate>%2$s</pubDate>
        <crates:name>%1$s</crates:name>
        %3$s</item>
        """
        .formatted(name, date, number);
  }
}
