package lazaret.manual;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import lazaret.vetting.roles.DeskRole;

/// The words of an option that accepts one of a few, for completion in shells. The option itself
/// refuses other words.
public abstract class OptionValue implements Iterable<String> {
  private final List<String> words;

  private OptionValue(List<String> words) {
    this.words = words;
  }

  @Override
  public final Iterator<String> iterator() {
    return words.iterator();
  }

  /// The roles of a token.
  public static final class Role extends OptionValue {
    public Role() {
      super(Arrays.stream(DeskRole.values()).map(DeskRole::code).toList());
    }
  }

  /// The kinds of bundles.
  public static final class BundleForm extends OptionValue {
    public BundleForm() {
      super(List.of("full", "delta", "revocation", "advisories"));
    }
  }

  /// The forms of feeds.
  public static final class FeedForm extends OptionValue {
    public FeedForm() {
      super(List.of("rustsec", "osv", "local"));
    }
  }
}
