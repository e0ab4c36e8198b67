package dev.medzoo.cli.registry;

import ai.djl.ModelException;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ArtifactFiles;
import dev.medzoo.zoo.artifact.ModelCard;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.index.IndexEntry;
import dev.medzoo.zoo.index.StoreIndex;
import dev.medzoo.zoo.load.VerifiedArtifact;
import dev.medzoo.zoo.load.VerifiedStore;
import dev.medzoo.zoo.sign.ModelSignature;
import dev.medzoo.zoo.sign.TrustPolicy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code medzoo show}: print a version's card as a page or raw. */
@Command(
        name = "show",
        description = "Show a version's card: what it is for, how good it is, where it comes from.",
        footerHeading = "%nExample:%n",
        footer = "  medzoo show pretrained-skin@candidate")
final class ShowCommand extends StoreCommand {
    @Parameters(paramLabel = "MODEL", description = "NAME, NAME/VERSION or NAME@ALIAS")
    private String reference = "";

    @Option(names = "--json", description = "card.json as it is")
    private boolean json;

    @Override
    public Integer call() throws IOException, ModelException {
        VerifiedStore store = VerifiedStore.of(choice().zoo().store());
        StoreIndex index = store.index();
        IndexEntry entry = index.resolve(ModelReference.parse(reference));
        VerifiedArtifact artifact = store.artifact(entry);
        ArtifactContent content = artifact.content();
        PrintWriter out = out();
        if (json) {
            out.print(new String(content.file(ArtifactFiles.CARD), StandardCharsets.UTF_8));
            out.flush();
            return 0;
        }
        ModelCard card = content.card();
        out.printf("%s %s%n%s%n", entry.name(), entry.version(), card.summary());
        out.printf("%s%n%n", card.notice());
        CardPage page = new CardPage(out);
        printState(page, index, entry, artifact, TrustPolicy.fromSettings(store.store()));
        page.line(
                "gate",
                content.gateReport()
                        .map(report -> "passed %s".formatted(report.time()))
                        .orElse("published before there was one"));
        page.print(card);
        return 0;
    }

    private static void printState(
            CardPage page,
            StoreIndex index,
            IndexEntry entry,
            VerifiedArtifact artifact,
            TrustPolicy trust)
            throws IOException, ModelException {
        page.line("digest", entry.digest());
        page.line("aliases", String.join(", ", aliases(index, entry)));
        StoreIndex.Deprecation deprecated =
                index.published(entry.name(), entry.version())
                        .map(StoreIndex.Published::deprecated)
                        .orElse(null);
        if (deprecated != null) {
            page.line("deprecated", deprecated.reason());
        }
        page.line("signed by", signer(artifact, entry.folder(), trust));
    }

    private static List<String> aliases(StoreIndex index, IndexEntry entry) {
        return index.aliasesOf(entry.name()).entrySet().stream()
                .filter(alias -> alias.getValue().equals(entry.version()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static String signer(VerifiedArtifact artifact, String where, TrustPolicy trust)
            throws IOException, ModelException {
        Optional<byte[]> signature = artifact.signature();
        if (signature.isEmpty()) {
            return "nobody";
        }
        String key = ModelSignature.claimedKeyId(signature.get(), where);
        return trust.demanded()
                ? key + " (trusted)"
                : key + " (claimed; no trust file to check it against)";
    }
}
