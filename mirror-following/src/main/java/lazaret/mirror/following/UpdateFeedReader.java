package lazaret.mirror.following;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import org.jspecify.annotations.Nullable;

/// A reader of the feeds of a registry, in RSS 2.0 with the elements `name` and `version` of the
/// public registry. A document type is refused, so that no entity is declared and no other file is
/// read; items, texts and depth are limited. Items of another form are ignored.
final class UpdateFeedReader {
  /// The namespace of the elements with crate and version.
  private static final String NAMESPACE = "https://crates.io/";

  /// The maximum number of items. Those of the last hour are hundreds.
  static final int MAX_ITEMS = 20_000;

  /// The maximum length of a text that is used.
  private static final int MAX_TEXT = 300;

  private static final int MAX_DEPTH = 16;
  private static final int ITEM_DEPTH = 3;

  private final XMLStreamReader xml;
  private final List<UpdateFeedEntry> entries = new ArrayList<>();
  private int depth;
  private int items;

  // The texts of the item; null if it lacks them.
  private @Nullable String name;
  private @Nullable String version;
  private @Nullable String published;
  private @Nullable StringBuilder text;

  private UpdateFeedReader(XMLStreamReader xml) {
    this.xml = xml;
  }

  /// Reads a feed.
  ///
  /// @return its entries in the order of the file
  /// @throws MalformedException if it is not a feed, has a document type or exceeds a limit
  static List<UpdateFeedEntry> read(Bytes file) {
    try {
      XMLStreamReader xml =
          factory().createXMLStreamReader(file.inputStream(), StandardCharsets.UTF_8.name());
      try {
        return new UpdateFeedReader(xml).entries();
      } finally {
        xml.close();
      }
    } catch (XMLStreamException e) {
      throw malformed("text without a mistake of XML", Excerpt.of(String.valueOf(e.getMessage())));
    }
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    factory.setXMLResolver(
        (_, _, _, _) -> {
          throw new XMLStreamException("a reference to another file");
        });
    return factory;
  }

  private static MalformedException malformed(String expected, String found) {
    return new MalformedException(
        "cannot read the feed of the registry: expected %s, found %s".formatted(expected, found));
  }

  private List<UpdateFeedEntry> entries() throws XMLStreamException {
    boolean isFeed = false;
    while (xml.hasNext()) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          isFeed |= depth == 0 && xml.getLocalName().equals("rss");
          begin(isFeed);
        }
        case XMLStreamConstants.END_ELEMENT -> end();
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
            add();
        case XMLStreamConstants.DTD,
            XMLStreamConstants.ENTITY_REFERENCE,
            XMLStreamConstants.ENTITY_DECLARATION ->
            throw malformed("no document type", "one");
        default -> {
          // Comments and instructions have no meaning here.
        }
      }
    }
    if (items > 0 && entries.isEmpty()) {
      throw malformed("items with a crate and a date", "none among " + items);
    }
    return List.copyOf(entries);
  }

  private void begin(boolean isFeed) {
    depth++;
    if (!isFeed) {
      throw malformed("the element 'rss'", "'" + Excerpt.of(xml.getLocalName()) + "'");
    }
    if (depth > MAX_DEPTH) {
      throw malformed("at most " + MAX_DEPTH + " levels", "more");
    }
    if (depth == ITEM_DEPTH && xml.getLocalName().equals("item")) {
      if (++items > MAX_ITEMS) {
        throw malformed("at most " + MAX_ITEMS + " items", "more");
      }
      name = null;
      version = null;
      published = null;
    }
    text = depth == ITEM_DEPTH + 1 ? new StringBuilder() : null;
  }

  private void add() {
    StringBuilder to = text;
    if (to != null && to.length() <= MAX_TEXT) {
      int length = Math.min(xml.getTextLength(), MAX_TEXT + 1 - to.length());
      to.append(xml.getTextCharacters(), xml.getTextStart(), length);
    }
  }

  private void end() {
    if (depth == ITEM_DEPTH + 1) {
      field();
    } else if (depth == ITEM_DEPTH && xml.getLocalName().equals("item")) {
      entry().ifPresent(entries::add);
    }
    text = null;
    depth--;
  }

  private void field() {
    StringBuilder found = text;
    if (found == null) {
      return;
    }
    // No crate, version or date is empty, so that the item is ignored.
    String value = found.length() > MAX_TEXT ? "" : found.toString().strip();
    boolean own = NAMESPACE.equals(xml.getNamespaceURI());
    switch (xml.getLocalName()) {
      case "name" -> name = own ? value : name;
      case "version" -> version = own ? value : version;
      case "pubDate" -> published = value;
      default -> {
        // The texts for people.
      }
    }
  }

  /// Returns the entry of an item, or empty if it has no crate, version or date of a valid form.
  private Optional<UpdateFeedEntry> entry() {
    String crate = name;
    String number = version;
    String date = published;
    if (crate == null || date == null || !CrateName.isValid(crate)) {
      return Optional.empty();
    }
    if (number != null && !CrateVersion.isValid(number)) {
      return Optional.empty();
    }
    try {
      Instant moment = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(
          new UpdateFeedEntry(
              CrateName.parse(crate), number == null ? null : CrateVersion.parse(number), moment));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
