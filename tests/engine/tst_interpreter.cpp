// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/engine/interpreter.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace fd;

namespace {

const QString kSystemPython = QStringLiteral("/usr/bin/python3");

void writeScript(const QString &path, const QByteArray &text)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size()
        || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner))
        qFatal("cannot write %s", qPrintable(path));
}

void linkPython(const QString &path)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile::link(QFileInfo(kSystemPython).canonicalFilePath(), path);
}

} // namespace

/// Which Python runs a flow, and what is said when there is none.
class InterpreterTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void findsTheFirstRealOne();
    void seesThroughPyenv();
    void takesTheWorkspacesOwn();
    void takesAVirtualenv();
    void takesACondaenv();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void remembersWhatItTried();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_folder->filePath(name); }
    [[nodiscard]] InterpreterSearch search(const QStringList &folders) const
    {
        return {.workspacePython = {}, .path = folders, .home = m_folder->path()};
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void InterpreterTest::findsTheFirstRealOne()
{
    writeScript(path(QStringLiteral("scripts/python3")), "#!/bin/sh\nexec /usr/bin/python3 \"$@\"\n");
    linkPython(path(QStringLiteral("real/python3")));
    const auto found = findInterpreter({},
        search({path(QStringLiteral("none")), path(QStringLiteral("scripts")), path(QStringLiteral("real")),
            QStringLiteral("/usr/bin")}));
    QVERIFY2(found.has_value(), found ? "" : qPrintable(found.error().detail));
    QCOMPARE(found->program, path(QStringLiteral("real/python3")));
    QVERIFY(found->version.startsWith(QStringLiteral("3.")));
}

void InterpreterTest::seesThroughPyenv()
{
    qunsetenv("PYENV_VERSION");
    writeScript(path(QStringLiteral("pyenv/shims/python3")), "#!/bin/sh\nexit 1\n");
    writeScript(path(QStringLiteral("pyenv/version")), "system\n3.99.0\n");
    linkPython(path(QStringLiteral("pyenv/versions/3.99.0/bin/python3")));
    const auto found = findInterpreter({}, search({path(QStringLiteral("pyenv/shims"))}));
    QVERIFY(found.has_value());
    QCOMPARE(found->program, path(QStringLiteral("pyenv/versions/3.99.0/bin/python3")));
}

void InterpreterTest::takesTheWorkspacesOwn()
{
    InterpreterSearch own = search({});
    own.workspacePython = kSystemPython;
    QCOMPARE(findInterpreter({}, own)->program, kSystemPython);
}

void InterpreterTest::takesAVirtualenv()
{
    linkPython(path(QStringLiteral("venv/bin/python")));
    const FlowRunner runner{
        .type = QStringLiteral("subprocess"), .config = R"({"virtualenv":"~/venv","env":{"COLOUR":"blue","COUNT":3}})"};
    const auto found = findInterpreter(runner, search({}));
    QVERIFY2(found.has_value(), found ? "" : qPrintable(found.error().detail));
    QCOMPARE(found->program, path(QStringLiteral("venv/bin/python")));
    QProcessEnvironment base;
    base.insert(QStringLiteral("PATH"), QStringLiteral("/usr/bin"));
    base.insert(QStringLiteral("PYTHONHOME"), QStringLiteral("/somewhere"));
    const QProcessEnvironment environment = found->environment(base, runner);
    QCOMPARE(environment.value(QStringLiteral("PATH")), path(QStringLiteral("venv/bin")) + QStringLiteral(":/usr/bin"));
    QCOMPARE(environment.value(QStringLiteral("VIRTUAL_ENV")), path(QStringLiteral("venv")));
    QVERIFY(!environment.contains(QStringLiteral("PYTHONHOME")));
    QCOMPARE(environment.value(QStringLiteral("COLOUR")), QStringLiteral("blue"));
    QCOMPARE(environment.value(QStringLiteral("COUNT")), QStringLiteral("3"));
}

void InterpreterTest::takesACondaenv()
{
    linkPython(path(QStringLiteral("conda/envs/science/bin/python")));
    writeScript(path(QStringLiteral("conda/bin/conda")), "#!/bin/sh\nexit 1\n");
    const auto byName = findInterpreter({.type = QStringLiteral("subprocess"), .config = R"({"condaenv":"science"})"},
        search({path(QStringLiteral("conda/bin"))}));
    QVERIFY2(byName.has_value(), byName ? "" : qPrintable(byName.error().detail));
    QCOMPARE(byName->condaenv, path(QStringLiteral("conda/envs/science")));
    const auto byPath = findInterpreter(
        {.type = QStringLiteral("subprocess"), .config = R"({"condaenv":"~/conda/envs/science"})"}, search({}));
    QCOMPARE(byPath->program, path(QStringLiteral("conda/envs/science/bin/python")));
    // An environment elsewhere, known to conda alone.
    linkPython(path(QStringLiteral("elsewhere/biology/bin/python")));
    writeScript(path(QStringLiteral("conda/bin/conda")),
        "#!/bin/sh\necho '{\"envs\": [\"" + path(QStringLiteral("elsewhere/biology")).toUtf8() + "\"]}'\n");
    const auto asked = findInterpreter({.type = QStringLiteral("subprocess"), .config = R"({"condaenv":"biology"})"},
        search({path(QStringLiteral("conda/bin"))}));
    QCOMPARE(asked->condaenv, path(QStringLiteral("elsewhere/biology")));
}

void InterpreterTest::saysWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QString>("workspacePython");
    QTest::addColumn<QString>("words");
    QTest::newRow("nothing found") << QByteArray("{}") << QString()
                                   << QStringLiteral("No python3 was found in /nowhere");
    QTest::newRow("missing") << QByteArray("{}") << QStringLiteral("/no/python")
                             << QStringLiteral("/no/python is missing");
    QTest::newRow("too old") << QByteArray("{}") << QStringLiteral("old")
                             << QStringLiteral("Python 3.6.9; flows need Python 3.8");
    QTest::newRow("no Python") << QByteArray("{}") << QStringLiteral("/bin/true") << QStringLiteral("does not work");
    QTest::newRow("no venv") << QByteArray(R"({"virtualenv":"/no/venv"})") << QString()
                             << QStringLiteral("python3 -m venv /no/venv");
    QTest::newRow("no conda") << QByteArray(R"({"condaenv":"x"})") << QString() << QStringLiteral("no conda command");
    QTest::newRow("both") << QByteArray(R"({"condaenv":"x","virtualenv":"/y"})") << QString()
                          << QStringLiteral("only one");
}

void InterpreterTest::saysWhatIsWrong()
{
    QFETCH(QByteArray, config);
    QFETCH(QString, workspacePython);
    QFETCH(QString, words);
    InterpreterSearch where = search({QStringLiteral("/nowhere")});
    where.workspacePython = workspacePython;
    if (workspacePython == QLatin1String("old")) {
        where.workspacePython = path(QStringLiteral("old"));
        writeScript(where.workspacePython, "#!/bin/sh\necho 3.6.9\n");
    }
    const auto found = findInterpreter({.type = QStringLiteral("subprocess"), .config = config}, where);
    QVERIFY(!found.has_value());
    QVERIFY2(found.error().detail.contains(words), qPrintable(found.error().detail));
}

void InterpreterTest::remembersWhatItTried()
{
    writeScript(path(QStringLiteral("slow")),
        "#!/bin/sh\necho x >> " + path(QStringLiteral("calls")).toUtf8() + "\necho 3.9.1\n");
    InterpreterSearch where = search({});
    where.workspacePython = path(QStringLiteral("slow"));
    QVERIFY(findInterpreter({}, where).has_value());
    QVERIFY(findInterpreter({}, where).has_value());
    QFile calls(path(QStringLiteral("calls")));
    QVERIFY(calls.open(QIODevice::ReadOnly));
    QCOMPARE(calls.readAll(), QByteArray("x\n"));
}

QTEST_GUILESS_MAIN(InterpreterTest)
#include "tst_interpreter.moc"
