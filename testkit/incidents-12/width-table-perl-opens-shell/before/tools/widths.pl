# Synthetic, inert fixture written from public reports; see README
# Makes the table of character widths from data/widths.txt.
use strict;
use warnings;

my ($in, $out) = @ARGV;
open my $src, '<', $in or die "$in: $!";
my @rows;
while (my $line = <$src>) {
    $line =~ s/#.*//;
    next unless $line =~ /^\s*([0-9A-F]+)(?:\.\.([0-9A-F]+))?\s*;\s*(\w+)/;
    my ($from, $to, $class) = (hex $1, hex($2 // $1), $3);
    next if $class eq 'N';
    my $width = $class eq 'W' || $class eq 'F' ? 2 : $class eq 'Z' ? 0 : 1;
    push @rows, [$from, $to, $width];
}
close $src;
@rows = sort { $a->[0] <=> $b->[0] } @rows;

open my $dst, '>', $out or die "$out: $!";
print $dst "static WIDTHS: &[(u32, u32, u8)] = &[\n";
printf $dst "    (0x%X, 0x%X, %d),\n", @$_ for @rows;
print $dst "];\n";
close $dst;
