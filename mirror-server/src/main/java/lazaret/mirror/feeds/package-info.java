/// The refresh of advisory feeds and audits from addresses and folders, on a schedule.
@NullMarked
package lazaret.mirror.feeds;

import org.jspecify.annotations.NullMarked;
