/// The scheduled refresh of advisory feeds or audits.
@NullMarked
package lazaret.mirror.feeds;

import org.jspecify.annotations.NullMarked;
