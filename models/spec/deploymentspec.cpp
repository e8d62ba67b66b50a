// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/spec/deploymentspec.h"

#include "models/spec/specdocument.h"
#include "models/spec/spectext.h"

#include <QFile>
#include <QFileInfo>
#include <QMap>

#include <algorithm>

namespace fd {
namespace {

SpecFile unreadable(const QString &path, const QString &detail)
{
    SpecProblems problems(path);
    problems.error(Error{.kind = ErrorKind::NotFound, .detail = detail, .field = {}, .file = path});
    return {path, {}, problems.sorted()};
}

/// Prefect creates one after the other, so that of two equal ones the last remains.
void warnAboutTwins(
    const std::vector<YamlDocument> &documents, const QList<DeploymentSpec> &specs, SpecProblems &problems)
{
    QMap<QStringList, int> lines;
    for (qsizetype i = 0; i < specs.size(); ++i) {
        const DeploymentSpec &spec = specs[i];
        const QStringList identity{spec.flowPath, spec.flowName, spec.name};
        if (const auto twin = lines.constFind(identity); twin != lines.cend() && spec.hasName) {
            problems.warning(*documents[static_cast<size_t>(i)].root, QStringLiteral("name"),
                Spec::tr("The deployment \"%1\" of the same flow stands in line %2 already; this one replaces it.")
                    .arg(spec.name)
                    .arg(*twin));
        }
        lines.insert(identity, spec.line);
    }
}

} // namespace

bool SpecFile::isUsable() const
{
    return std::none_of(problems.begin(), problems.end(),
        [](const SpecProblem &problem) { return problem.severity == SpecProblem::Severity::Error; });
}

SpecFile readSpecText(const QByteArray &text, const QString &path)
{
    SpecFile file{path, {}, {}};
    SpecProblems problems(path);
    const SpecContext context{QFileInfo(path).absoluteDir(), problems};
    const YamlStream stream = readYaml(text);
    if (stream.error) {
        problems.error(*stream.error);
    } else if (stream.documents.empty()) {
        YamlNode start;
        start.line = start.column = 1;
        problems.warning(start, {}, Spec::tr("The file describes no deployment; add \"name\" and \"flow\"."));
    }
    for (const YamlDocument &document : stream.documents)
        file.deployments.append(readDeployment(document, context));
    warnAboutTwins(stream.documents, file.deployments, problems);
    file.problems = problems.sorted();
    return file;
}

SpecFile readSpecFile(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return unreadable(path, Spec::tr("There is no file %1; choose another.").arg(path));
    if (!QFileInfo(path).isFile())
        return unreadable(path, Spec::tr("%1 is no file; choose a YAML file.").arg(path));
    if (!file.open(QIODevice::ReadOnly))
        return unreadable(path, Spec::tr("%1 cannot be read: %2").arg(path, file.errorString()));
    // One byte over the limit is enough for readYaml to refuse it.
    return readSpecText(file.read(YamlLimits{}.bytes + 1), path);
}

} // namespace fd
