package dev.medzoo.translate.decode;

/** The tables of lossy WebP (RFC 6386) as digits: two per number, or four per quantizer step. */
final class Vp8Tables {
    static final int TYPES = 4;
    static final int BANDS = 8;
    static final int CONTEXTS = 3;
    static final int PROBABILITIES = 11;
    static final int MODES = 10;

    /** Section 13.5: default coefficient probabilities, by type, band and context. */
    private static final String DEFAULTS =
            "808080808080808080808080808080808080808080808080808080808080808080fd88fe"
                    + "ffe4db8080808080bd81f2ffe3d5ffdb8080806a7ee3fcd6d1ffff8080800162f8ffece2"
                    + "ffff808080b585eefeddeaff9a8080804e86caf7c6b4ffdb80808001b9f9fff3ff808080"
                    + "8080b896f7ffece080808080804d6ed8ffece680808080800165fbfff1ff8080808080aa"
                    + "8bf1fcecd1ffff8080802574c4f3e4ffffff80808001ccfefff5ff8080808080cfa0faff"
                    + "ee8080808080806667e7ffd3ab80808080800198fcfff0ff8080808080b187f3ffeae180"
                    + "808080805081d3ffc2e080808080800101ff8080808080808080f601ff80808080808080"
                    + "80ff80808080808080808080c623eddfc1bba2a0919b3e832dc6ddacb0dc9dfcdd01442f"
                    + "92d095a7dda2ffdf800195f1ffdde0ffff808080b88deafddedcffc78080805163b5f2b0"
                    + "bef9caffff800181e8fdd6c5f2c4ffff806379d2fac9c6ffca808080175ba3f2aabbf7d2"
                    + "ffff8001c8f6ffeaff80808080806db2f1ffe7f5ffff8080802c82c9fdcdc0ffff808080"
                    + "0184effbdbd1ffa58080805e88e1fbdabeffff8080801664aef5baa1ffc780808001b6f9"
                    + "ffe8eb80808080807c8ff1ffe3ea8080808080234db5fbc1d3ffcd808080019df7ffece7"
                    + "ffff808080798debffe1e3ffff8080802d63bcfbc3d9ffe08080800101fbffd5ff808080"
                    + "8080cb01f8ffff8080808080808901b1ffe0ff8080808080fd09f8fbcfd0ffc0808080af"
                    + "0de0f3c1b9f9c6ffff804911abdda1b3eca7ffea80015ff7fdd4b7ffff808080ef5af4fa"
                    + "d3d1ffff8080809b4dc3f8bcc3ffff8080800118effbdadbffcd808080c933dbffc4ba80"
                    + "80808080452ebeefc9daffe480808001bffbffff808080808080dfa5f9ffd5ff80808080"
                    + "808d7cf8ffff8080808080800110f8ffff808080808080be24e6ffecff80808080809501"
                    + "ff808080808080808001e2ff8080808080808080f7c0ff8080808080808080f080ff8080"
                    + "8080808080800186fcffff808080808080d53efaffff808080808080375dff8080808080"
                    + "808080808080808080808080808080808080808080808080808080808080808080808080"
                    + "ca18d5ebbabfdca0f0afff7e26b6e8a9b8e4aeffbb803d2e8adb97b2f0aaffd8800170e6"
                    + "fac7bff79fffff80a66de4fcd3d7ffae808080274da2e8acb4f5b2ffff800134dcf6c6c7"
                    + "f9dcffff807c4abff3b7c1faddffff80184782db9aaaf3b6ffff8001b6e1f9dbf0ffe080"
                    + "80809596e2fcd8cdffab8080801c6caaf2b7c2fedfffff800151e6fccccbffc08080807b"
                    + "66d1f7bcc4ffe9808080145f99f3a4adffcb80808001def8ffd8d58080808080a8aff6fc"
                    + "ebcdffff8080802f74d7ffd3d4ffff8080800179ecfdd4d6ffff8080808d54d5fcc9caff"
                    + "db8080802a50a0f0a2b9ffcd8080800101ff8080808080808080f401ff80808080808080"
                    + "80ee01ff8080808080808080";

    /** Section 13.4: probability that each of them is updated. */
    private static final String UPDATES =
            "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffb0f6ff"
                    + "ffffffffffffffffdff1fcfffffffffffffffff9fdfdfffffffffffffffffff4fcffffff"
                    + "ffffffffffeafefefffffffffffffffffdfffffffffffffffffffffff6feffffffffffff"
                    + "ffffeffdfefffffffffffffffffefffefffffffffffffffffff8fefffffffffffffffffb"
                    + "fffefffffffffffffffffffffffffffffffffffffffffdfefffffffffffffffffbfefeff"
                    + "fffffffffffffffefffefffffffffffffffffffefdfffefffffffffffffafffefffeffff"
                    + "fffffffffeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
                    + "ffffffffffffffffffffffffd9ffffffffffffffffffffe1fcf1fdfffffeffffffffeafa"
                    + "f1fafdfffdfefffffffffeffffffffffffffffffdffefeffffffffffffffffeefdfefeff"
                    + "fffffffffffffff8fefffffffffffffffff9feffffffffffffffffffffffffffffffffff"
                    + "fffffffffdfffffffffffffffffff7feffffffffffffffffffffffffffffffffffffffff"
                    + "fffdfefffffffffffffffffcfffffffffffffffffffffffffffffffffffffffffffffefe"
                    + "fffffffffffffffffdfffffffffffffffffffffffffffffffffffffffffffffefdffffff"
                    + "fffffffffffafffffffffffffffffffffeffffffffffffffffffffffffffffffffffffff"
                    + "ffffffffffffffffffffffffffffffffffffffffffffffffbafbfaffffffffffffffffea"
                    + "fbf4fefffffffffffffffbfbf3fdfefffefffffffffffdfeffffffffffffffffecfdfeff"
                    + "fffffffffffffffbfdfdfefefffffffffffffffefefffffffffffffffffefefeffffffff"
                    + "fffffffffffffffffffffffffffffffffefffffffffffffffffffefeffffffffffffffff"
                    + "fffefffffffffffffffffffffffffffffffffffffffffffeffffffffffffffffffffffff"
                    + "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
                    + "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
                    + "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
                    + "f8fffffffffffffffffffffafefcfefffffffffffffff8fef9fdfffffffffffffffffdfd"
                    + "fffffffffffffffff6fdfdfffffffffffffffffcfefbfefefffffffffffffffefcffffff"
                    + "fffffffffff8fefdfffffffffffffffffdfffefefffffffffffffffffbfeffffffffffff"
                    + "fffff5fbfefffffffffffffffffdfdfefffffffffffffffffffbfdfffffffffffffffffc"
                    + "fdfefffffffffffffffffffefffffffffffffffffffffcfffffffffffffffffff9fffeff"
                    + "fffffffffffffffffffefffffffffffffffffffffdfffffffffffffffffaffffffffffff"
                    + "fffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffffffffffffff"
                    + "ffffffffffffffffffffffff";

    /** Section 11.5: mode probabilities of a 4 by 4 block, by the modes above and to the left. */
    private static final String MODES_OF_NEIGHBOURS =
            "e7783059737178987098b3407eaa762e465faf458f505552489b67383a0aabdabd110d98"
                    + "90470a26abd590221a721a11a32cc3150aad791850c31a3e2c4055aa2e371388a021ce47"
                    + "3f14087272d00c09e251280b60b6541d102486b7598962656aa59448bb64829d6f204b50"
                    + "4266a7634a3e28ea80293509b2f18d1a086b684f0c1bd9ff5711074a2b1a9249a631179d"
                    + "412669a033341f73805744472c72330fba172f290e6eb6b71511c2422d1966c5bd171216"
                    + "585893962a2e2dc4cd2b61b775552623b33d2735c8571a152be8ab3822336872661d5d4d"
                    + "6b36201a3301512b1f271c55ab3aa55a6240221674ce17222ba64944196a1640ab24e172"
                    + "2213156684bc104c7c3e124e5f5539323033c165239fd76f592e6f3c941facdbe415126f"
                    + "70714d55b3ff267872282a01c4f5d10a196d6450082b9a01331a47582b1d8ca6d5252b9a"
                    + "3d3f1e9b432d4401d18e4e4e10ff8022c5ab29280566d3b70401dd333211a8d1c0171952"
                    + "7d622a58685575af525f543559806471652d4b4f7b2f338051ab01391105476639352931"
                    + "7315020a66ffa6170626210d7939491a0155290a438a4d6e5a2f72651d100a558065c41a"
                    + "39120a6666d522142b75140f24a38044011a8a1f24ab1ba6262ce543573aa952731a3bb3"
                    + "3f3b5ab43ba65d499a282815748fd12227af392e161880013611252f0f10b722df312db7"
                    + "2e1121b706620f20b7412049731c801780cd2803097333c01206df572509733b4d40152f"
                    + "68372cda09363582e2405a46cd2829171a39363970b8052926a6d51e221a8598740a2086"
                    + "4b200c33c0ffa02b33271335dd1a722049ff1f0941ea020f017649581f2343665537ba55"
                    + "3815176f3bcd2d25c03726467c4966012262663d472522351ff3c0453c472649771cde25"
                    + "442d8022012f0bf5ab3e1113469255373e464b0f090940ffb87710252b259a64a355a001"
                    + "3f095c881c4020c95556061c0540ff19f8013808118489ff3774803a0f145287391a7928"
                    + "a4321f899a851923da33672c83837b1f069e5628408794e02db780161a1183f09a0e01d1"
                    + "530c0d36c0ff442f1c2d10155b40de0701c53815279b3c8a1766d5551a555580802092ab"
                    + "120b073f90ab0404f6231b0a92aeab0c1a80be502363b4507e362d557e2f57b033291420"
                    + "654b808b769274805538290fb0ec5525093e9224131eabff611b14471e117776ff11128a"
                    + "65263c8a37462b1a8e8a2d3d3edb0151bc4020291475978e1415a370130c3dc380300418";

    /** Section 14.1: quantizer steps of the DC coefficient, by index. */
    private static final String DC =
            "000400050006000700080009000a000a000b000c000d000e000f00100011001100120013"
                    + "00140014001500150016001600170017001800190019001a001b001c001d001e001f0020"
                    + "0021002200230024002500250026002700280029002a002b002c002d002e002e002f0030"
                    + "003100320033003400350036003700380039003a003b003c003d003e003f004000410042"
                    + "0043004400450046004700480049004a004b004c004c004d004e004f0050005100520053"
                    + "005400550056005700580059005b005d005f006000620064006500660068006a006c006e"
                    + "0070007200740076007a007c007e00800082008400860088008a008c008f009100940097"
                    + "009a009d";

    /** Section 14.1: quantizer steps of the AC coefficients, by index. */
    private static final String AC =
            "000400050006000700080009000a000b000c000d000e000f001000110012001300140015"
                    + "0016001700180019001a001b001c001d001e001f00200021002200230024002500260027"
                    + "00280029002a002b002c002d002e002f0030003100320033003400350036003700380039"
                    + "003a003c003e00400042004400460048004a004c004e00500052005400560058005a005c"
                    + "005e00600062006400660068006a006c006e0070007200740077007a007d008000830086"
                    + "0089008c008f009200950098009b009e00a100a400a700aa00ad00b100b500b900bd00c1"
                    + "00c500c900cd00d100d500d900dd00e100e500ea00ef00f500f900fe01030108010d0112"
                    + "0117011c";

    private static final int[] DC_STEPS = numbers(DC, 4);
    private static final int[] AC_STEPS = numbers(AC, 4);
    private static final int[] UPDATE_PROBABILITIES = numbers(UPDATES, 2);
    private static final int[] MODE_PROBABILITIES = numbers(MODES_OF_NEIGHBOURS, 2);

    private Vp8Tables() {}

    private static int[] numbers(String digits, int each) {
        int[] numbers = new int[digits.length() / each];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Integer.parseInt(digits, each * i, each * (i + 1), 16);
        }
        return numbers;
    }

    /** Returns a copy, because pictures update them. */
    static int[] defaults() {
        return numbers(DEFAULTS, 2);
    }

    static int update(int i) {
        return UPDATE_PROBABILITIES[i];
    }

    /** One of nine. */
    static int mode(int above, int left, int i) {
        return MODE_PROBABILITIES[(above * MODES + left) * (MODES - 1) + i];
    }

    static int dc(int quality, int most) {
        return DC_STEPS[Math.max(0, Math.min(most, quality))];
    }

    static int ac(int quality) {
        return AC_STEPS[Math.max(0, Math.min(AC_STEPS.length - 1, quality))];
    }
}
