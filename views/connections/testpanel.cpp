// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/connections/testpanel.h"

#include "views/common/controls.h"
#include "views/common/format.h"
#include "views/common/plaintext.h"
#include "views/common/statemark.h"
#include "views/connections/noticecard.h"

#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace fd {

/// How a step went: tick, crossed square, dash.
class StepMark : public QWidget
{
public:
    enum Outcome { NotReached, Passed, Failed };

    explicit StepMark(QWidget *parent = nullptr) : QWidget(parent) { setFixedSize(metrics::kMark, metrics::kMark); }

    void setOutcome(Outcome outcome)
    {
        m_outcome = outcome;
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::of(palette());
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        if (m_outcome == Failed) {
            paintNoticeMark(painter, rect(), Notice::Broken, theme.state(StateHue::Failed));
        } else if (m_outcome == Passed) {
            painter.setPen(QPen(theme.state(StateHue::Completed), 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
            painter.drawPolyline(QPolygonF({{2.5, 8.5}, {6.5, 12.5}, {13.5, 4}}));
        } else {
            painter.setPen(QPen(theme.text3, 1.5));
            painter.drawLine(QPointF(3, 8), QPointF(13, 8));
        }
    }

private:
    Outcome m_outcome = NotReached;
};

namespace {

constexpr int kNames = 96;
constexpr int kTimes = 64;

QString stepName(int step)
{
    switch (static_cast<DiagnosisStep::Kind>(step)) {
    case DiagnosisStep::Kind::Address:
        return TestPanel::tr("Address");
    case DiagnosisStep::Kind::Name:
        return TestPanel::tr("Name");
    case DiagnosisStep::Kind::Connection:
        return TestPanel::tr("Connection");
    case DiagnosisStep::Kind::SignIn:
        return TestPanel::tr("Sign-in");
    case DiagnosisStep::Kind::Version:
        return TestPanel::tr("Version");
    }
    return {};
}

QString headline(DiagnosisStep::Kind step)
{
    switch (step) {
    case DiagnosisStep::Kind::Address:
        return TestPanel::tr("This address cannot be used.");
    case DiagnosisStep::Kind::Name:
        return TestPanel::tr("Nobody knows this host.");
    case DiagnosisStep::Kind::Connection:
        return TestPanel::tr("The server does not answer.");
    case DiagnosisStep::Kind::SignIn:
        return TestPanel::tr("The server does not let you in.");
    case DiagnosisStep::Kind::Version:
        return TestPanel::tr("This is no server that Flowdeck can read.");
    }
    return {};
}

const DiagnosisStep *stepOf(const std::optional<Diagnosis> &diagnosis, int kind)
{
    if (!diagnosis)
        return nullptr;
    for (const DiagnosisStep &step : diagnosis->steps) {
        if (static_cast<int>(step.kind) == kind)
            return &step;
    }
    return nullptr;
}

QString milliseconds(qint64 us) { return TestPanel::tr("%1 ms").arg(format::count((us + 500) / 1000)); }

} // namespace

Diagnosis withoutSecrets(Diagnosis diagnosis, const ConnectionSettings &settings)
{
    QStringList secrets{QString::fromUtf8(settings.secret.reveal())};
    for (const auto &header : settings.headers)
        secrets += QString::fromUtf8(header.second.reveal());
    if (settings.auth == ConnectionSettings::Auth::Basic)
        secrets += secrets.first().section(u':', 1);
    const auto blot = [&secrets](QString &text) {
        for (const QString &secret : secrets) {
            if (!secret.isEmpty())
                text.replace(secret, QStringLiteral("•••"));
        }
    };
    for (DiagnosisStep &step : diagnosis.steps)
        blot(step.detail);
    blot(diagnosis.serverTitle);
    if (diagnosis.error)
        blot(diagnosis.error->detail);
    return diagnosis;
}

TestPanel::TestPanel(ConnectionTest test, Clock clock, QWidget *parent)
    : QWidget(parent), m_test(std::move(test)), m_clock(std::move(clock)), m_card(new NoticeCard),
      m_use(pushButton({}, ButtonRole::Plain))
{
    m_head = makeHead();
    m_use->setObjectName(QStringLiteral("use-address"));
    m_card->setObjectName(QStringLiteral("explanation"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_head);
    column->addWidget(makeSteps());
    auto *below = new QVBoxLayout;
    below->setContentsMargins(metrics::kInset + metrics::kMark + metrics::kGap, metrics::kWideGap, metrics::kInset, 0);
    below->setSpacing(metrics::kGap);
    below->addWidget(m_card);
    below->addWidget(m_use, 0, Qt::AlignLeft);
    column->addLayout(below);
    column->addStretch();
    connect(m_use, &QPushButton::clicked, this, [this] {
        if (m_diagnosis)
            emit addressChosen(m_diagnosis->suggestedUrl);
    });
    reset({});
}

QWidget *TestPanel::makeHead()
{
    auto *head = new QWidget;
    auto *column = new QVBoxLayout(head);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(metrics::kInset, metrics::kGap, metrics::kInset, metrics::kGap);
    row->setSpacing(metrics::kGap);
    m_title = new TextLabel({}, TextRole::Strong);
    m_when = new TextLabel({}, TextRole::Quiet, Tone::Text3);
    m_again = pushButton({}, ButtonRole::Plain, QStringLiteral("view-refresh"));
    m_again->setObjectName(QStringLiteral("test-again"));
    m_copy = pushButton(tr("Copy report"));
    m_copy->setObjectName(QStringLiteral("copy-report"));
    row->addWidget(m_title);
    row->addWidget(m_when);
    row->addStretch();
    row->addWidget(m_again);
    row->addWidget(m_copy);
    column->addWidget(separator(Qt::Horizontal));
    column->addLayout(row);
    column->addWidget(separator(Qt::Horizontal));
    connect(m_again, &QPushButton::clicked, this, &TestPanel::againRequested);
    connect(m_copy, &QPushButton::clicked, this, &TestPanel::copyReport);
    return head;
}

QWidget *TestPanel::makeSteps()
{
    auto *part = new QWidget;
    auto *grid = new QGridLayout(part);
    grid->setContentsMargins(metrics::kInset, 0, metrics::kInset, 0);
    grid->setHorizontalSpacing(metrics::kGap);
    grid->setVerticalSpacing(0);
    grid->setColumnMinimumWidth(1, metrics::forText(kNames));
    grid->setColumnMinimumWidth(3, metrics::forText(kTimes));
    grid->setColumnStretch(2, 1);
    for (int step = 0; step < kSteps; ++step) {
        Line &line = m_lines.at(static_cast<size_t>(step));
        line.mark = new StepMark;
        line.name = new TextLabel(stepName(step));
        line.detail = new ElidedLabel({});
        line.detail->setObjectName(QStringLiteral("step-%1").arg(step));
        line.took = new TextLabel({}, TextRole::Quiet, Tone::Text3);
        line.took->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        grid->setRowMinimumHeight(2 * step, metrics::atLeast(metrics::kRowOneLine, font(), metrics::kGap));
        grid->addWidget(line.mark, 2 * step, 0, Qt::AlignVCenter);
        grid->addWidget(line.name, 2 * step, 1, Qt::AlignVCenter);
        grid->addWidget(line.detail, 2 * step, 2, Qt::AlignVCenter);
        grid->addWidget(line.took, 2 * step, 3, Qt::AlignVCenter);
        grid->addWidget(separator(Qt::Horizontal), 2 * step + 1, 1, 1, 3);
    }
    return part;
}

void TestPanel::setCompact(bool compact) { m_head->setVisible(!compact); }

void TestPanel::reset(const QString &name)
{
    ++m_turn;
    m_name = name;
    m_isRunning = false;
    m_diagnosis.reset();
    m_title->setText(name.isEmpty() ? tr("Connection test") : tr("Connection test, %1").arg(oneLine(name)));
    m_when->setText({});
    m_again->setText(tr("Test"));
    m_copy->setEnabled(false);
    showSteps();
    explain();
}

void TestPanel::run(const ConnectionSettings &settings)
{
    const int turn = ++m_turn;
    m_diagnosis.reset();
    m_isRunning = true;
    m_url = settings.apiUrl;
    m_when->setText(tr("asking…"));
    m_again->setText(tr("Test again"));
    m_copy->setEnabled(false);
    showSteps();
    explain();
    QCoro::connect(m_test(settings), this, [this, turn, settings](const Diagnosis &diagnosis) {
        if (turn == m_turn)
            take(withoutSecrets(diagnosis, settings));
    });
}

void TestPanel::take(const Diagnosis &diagnosis)
{
    m_isRunning = false;
    m_diagnosis = diagnosis;
    m_at = m_clock();
    m_when->setText(format::clock(m_at, format::Seconds::Show));
    m_copy->setEnabled(true);
    showSteps();
    explain();
    emit finished(*m_diagnosis);
}

void TestPanel::showFailure(const Error &error)
{
    ++m_turn;
    m_isRunning = false;
    m_diagnosis.reset();
    m_when->setText({});
    showSteps();
    m_card->setNotice(Notice::Look, tr("The test did not begin."), oneLine(format::error(error)));
    m_card->show();
}

void TestPanel::showSteps()
{
    for (int kind = 0; kind < kSteps; ++kind) {
        const Line &line = m_lines.at(static_cast<size_t>(kind));
        const DiagnosisStep *step = stepOf(m_diagnosis, kind);
        const bool failed = step != nullptr && !step->passed;
        line.mark->setOutcome(step == nullptr ? StepMark::NotReached : failed ? StepMark::Failed : StepMark::Passed);
        line.name->setTone(step == nullptr ? Tone::Text3 : Tone::Text);
        const QString notAsked = m_diagnosis ? tr("not reached") : m_isRunning ? tr("asking…") : tr("not tested");
        line.detail->setText(step == nullptr ? notAsked : oneLine(step->detail));
        line.detail->setTone(failed ? Tone::Text : step == nullptr ? Tone::Text3 : Tone::Text2);
        line.took->setText(step == nullptr ? QString() : milliseconds(step->tookUs));
        const QString outcome = step == nullptr ? notAsked : failed ? tr("failed") : tr("passed");
        line.detail->setAccessibleName(tr("%1: %2, %3").arg(stepName(kind), outcome, line.detail->text()));
    }
}

void TestPanel::explain()
{
    m_card->setVisible(m_diagnosis.has_value());
    const QUrl better = m_diagnosis ? m_diagnosis->suggestedUrl : QUrl();
    m_use->setVisible(!better.isEmpty());
    m_use->setText(tr("Use %1").arg(oneLine(better.toDisplayString()).replace(u'&', QStringLiteral("&&"))));
    if (!m_diagnosis)
        return;
    if (!m_diagnosis->error) {
        m_card->setNotice(Notice::Done, tr("It is %1.").arg(oneLine(m_diagnosis->serverTitle)), {});
        return;
    }
    const auto failed = std::find_if(
        m_diagnosis->steps.begin(), m_diagnosis->steps.end(), [](const DiagnosisStep &step) { return !step.passed; });
    const bool known = failed != m_diagnosis->steps.end();
    m_card->setNotice(Notice::Look, known ? headline(failed->kind) : tr("The test failed."),
        oneLine(known && !failed->detail.isEmpty() ? failed->detail : m_diagnosis->error->detail));
}

QString TestPanel::report() const
{
    QStringList lines{tr("Flowdeck connection test, %1").arg(toIso(m_at)),
        m_url.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment)};
    for (int kind = 0; kind < kSteps; ++kind) {
        const DiagnosisStep *step = stepOf(m_diagnosis, kind);
        if (step == nullptr)
            lines += tr("%1: not reached").arg(stepName(kind));
        else
            lines += QStringLiteral("%1: %2, %3, %4")
                         .arg(stepName(kind), step->passed ? tr("passed") : tr("failed"), milliseconds(step->tookUs),
                             oneLine(step->detail));
    }
    return lines.join(u'\n') + u'\n';
}

void TestPanel::copyReport() const { QGuiApplication::clipboard()->setText(report()); }

} // namespace fd
