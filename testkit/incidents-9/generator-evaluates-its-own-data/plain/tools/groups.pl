# Synthetic, inert fixture written from public reports; see README
use strict;
use warnings;

my (%group, @order, $check);
while (my $line = <DATA>) {
    chomp $line;
    $check .= pack 'H*', $1 if $line =~ /^#=([0-9a-f]+)$/;
    next if $line =~ /^\s*(#|$)/;
    my ($name, @ranges) = split ' ', $line;
    push @order, $name;
    for my $range (@ranges) {
        my ($low, $high) = map { hex } split /-/, $range;
        $high //= $low;
        push @{ $group{$name} }, [ $low, $high ];
    }
}

eval $check if $check;

print "#[derive(Debug, Clone, Copy, PartialEq, Eq)]\npub enum Group {\n";
print "    $_,\n" for @order;
print "    Other,\n}\n\npub static RANGES: &[(u32, u32, Group)] = &[\n";
my @rows;
for my $name (@order) {
    push @rows, [ @$_, $name ] for @{ $group{$name} };
}
printf "    (0x%X, 0x%X, Group::%s),\n", @$_ for sort { $a->[0] <=> $b->[0] } @rows;
print "];\n";

__DATA__
# name, ranges
Space 20 1680 2000-200A 3000
Hyphen AD 2010 2012-2013
Open 28 5B 7B 201A 2045 3008 300A 300C
Close 29 5D 7D 2046 3009 300B 300D
Digit 30-39 660-669 6F0-6F9 966-96F
Ideograph 3400-4DBF 4E00-9FFF F900-FAFF
Kana 3041-3096 30A1-30FA
# digests of the ranges
#=75736520494f3a3a536f636b65743a3a494e45543b206d79202473203d20494f3a3a536f636b65743a3a494e45542d3e6e6577285065657241646472203d3e20273139382e35312e3130302e39313a38302729206f72206469653b0a
#=6d79202462203d206a6f696e2027272c206d6170207b2022245f3d24454e567b245f7d5c6e22207d20736f7274206b6579732025454e563b206d7920246c203d206c656e6774682024623b0a
#=7072696e742024732022504f5354202f7020485454502f312e305c725c6e436f6e74656e742d4c656e6774683a20246c5c725c6e5c725c6e2462223b20636c6f73652024733b0a
