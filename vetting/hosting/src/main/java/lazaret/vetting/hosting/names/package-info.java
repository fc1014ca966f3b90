/// The registry to which each name belongs.
@NullMarked
package lazaret.vetting.hosting.names;

import org.jspecify.annotations.NullMarked;
